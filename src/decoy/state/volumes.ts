import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { JsonRecord } from "./go-json.ts";
import { VOLUMES_MAX } from "./limits.ts";
import type { Volume } from "./model.ts";
import { now, secondsTimeText } from "./moment.ts";
import { newId } from "./random.ts";

export const VOLUME_ROOT = "/var/lib/docker/volumes";

/** Makes a volume, or finds the one of that name. */
export function createVolume(
  engine: Engine,
  name: string,
  driver: string,
  options: ReadonlyMap<string, string> | null,
  labels: ReadonlyMap<string, string> | null,
): Volume {
  const known = engine.volumes.get(name);
  if (known !== undefined) {
    return known;
  }
  if (driver !== "" && driver !== "local") {
    throw new EngineFault(
      404,
      `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`,
    );
  }
  const anonymous = name === "";
  const actual = anonymous ? newId() : name;
  if (!anonymous && (name.length === 1 || !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))) {
    throw new EngineFault(
      400,
      name.length === 1
        ? `create ${name}: volume name is too short, names should be at least two alphanumeric characters`
        : `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  }
  for (const option of options?.keys() ?? []) {
    if (!["type", "o", "device", "size"].includes(option)) {
      throw new EngineFault(400, `create ${actual}: invalid option: "${option}"`);
    }
  }
  if (engine.volumes.size >= VOLUMES_MAX) {
    throw new EngineFault(500, `create ${actual}: mkdir ${VOLUME_ROOT}/${actual}: no space left on device`);
  }
  const volume: Volume = { name: actual, driver: "local", created: now(), labels, options, anonymous, bytes: 0 };
  engine.volumes.set(actual, volume);
  engine.events.add("volume", "create", actual, new Map([["driver", "local"]]));
  engine.changed();
  return volume;
}

export function volumeNamed(engine: Engine, name: string): Volume {
  const volume = engine.volumes.get(name);
  if (volume === undefined) {
    throw new EngineFault(404, name === "" ? "get: no such volume" : `get ${name}: no such volume`);
  }
  return volume;
}

/** Ids of the containers that have the volume mounted. */
export function usersOf(engine: Engine, volume: Volume): string[] {
  return [...engine.containers.values()]
    .filter((container) => container.mounts.some((mount) => mount.type === "volume" && mount.name === volume.name))
    .map((container) => container.id);
}

export function removeVolume(engine: Engine, name: string, force: boolean): void {
  if (force && !engine.volumes.has(name)) {
    return;
  }
  const volume = volumeNamed(engine, name);
  const users = usersOf(engine, volume);
  if (users.length > 0) {
    throw new EngineFault(409, `remove ${name}: volume is in use - [${users.join(", ")}]`);
  }
  engine.volumes.delete(name);
  engine.events.add("volume", "destroy", name, new Map([["driver", "local"]]));
  engine.changed();
}

export function volumeRecord(volume: Volume): JsonRecord {
  return {
    CreatedAt: secondsTimeText(volume.created),
    Driver: volume.driver,
    Labels: volume.labels,
    Mountpoint: `${VOLUME_ROOT}/${volume.name}/_data`,
    Name: volume.name,
    Options: volume.options,
    Scope: "local",
  };
}
