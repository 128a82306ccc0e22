import { type JsonRecord, structToRecord } from "../state/go-json.ts";
import { createVolume, removeVolume, usersOf, volumeNamed, volumeRecord } from "../state/volumes.ts";
import { type Context, json, noContent, parseForm } from "./context.ts";
import { parseFilters } from "./filters.ts";
import { readJson } from "./go-errors.ts";
import { STRING, STRING_MAP, structOf } from "./types.ts";

const CREATE = structOf("VolumeCreateBody", {
  Driver: STRING,
  DriverOpts: STRING_MAP,
  Labels: STRING_MAP,
  Name: STRING,
});

/** `GET /volumes`. */
export function volumeListHandler(context: Context): void {
  parseForm(context);
  const { engine } = context;
  const filters = parseFilters(context.query.get("filters"), "volume filters");
  filters.accept(["dangling", "name", "driver", "label"]);
  const dangling = filters.flag("dangling");
  const chosen = [...engine.volumes.values()].filter(
    (volume) =>
      filters.match("name", volume.name) &&
      filters.exact("driver", volume.driver) &&
      filters.labels(volume.labels ?? new Map()) &&
      (dangling === undefined || dangling === (usersOf(engine, volume).length === 0)),
  );
  json(context, 200, { Volumes: chosen.map(volumeRecord), Warnings: null });
}

/** `GET /volumes/{name}`. */
export function volumeInspectHandler(context: Context): void {
  parseForm(context);
  json(context, 200, volumeRecord(volumeNamed(context.engine, context.vars["name"] ?? "")));
}

/** `POST /volumes/create`. */
export async function volumeCreateHandler(context: Context): Promise<void> {
  parseForm(context);
  const read = readJson(context, CREATE, {
    status: 400,
    empty: "got EOF while reading request body",
    typeName: "volume.VolumeCreateBody",
    structName: "VolumeCreateBody",
  });
  const wish: JsonRecord = structToRecord(CREATE, read?.value);
  const driver = String(wish["Driver"]);
  if (driver !== "" && driver !== "local") {
    await context.timing.wait("start", 15); // the engine looks for a plugin of that name, for fifteen seconds
  }
  const volume = createVolume(
    context.engine,
    String(wish["Name"]),
    driver,
    (wish["DriverOpts"] ?? null) as ReadonlyMap<string, string> | null,
    (wish["Labels"] ?? null) as ReadonlyMap<string, string> | null,
  );
  json(context, 201, volumeRecord(volume));
}

/** `DELETE /volumes/{name}`. */
export function volumeRemoveHandler(context: Context): void {
  parseForm(context);
  removeVolume(context.engine, context.vars["name"] ?? "", context.query.bool("force"));
  noContent(context);
}

/** `POST /volumes/prune`. */
export function volumePruneHandler(context: Context): void {
  parseForm(context);
  const { engine } = context;
  const filters = parseFilters(context.query.get("filters"));
  filters.accept(["label", "label!", "all"]);
  const removed: string[] = [];
  let bytes = 0;
  for (const volume of [...engine.volumes.values()]) {
    const isOld = engine.api <= 41 || volume.anonymous || filters.flag("all") === true;
    if (isOld && usersOf(engine, volume).length === 0 && filters.labels(volume.labels ?? new Map())) {
      bytes += volume.bytes;
      removeVolume(engine, volume.name, true);
      removed.push(volume.name);
    }
  }
  json(context, 200, { VolumesDeleted: removed, SpaceReclaimed: bytes });
}
