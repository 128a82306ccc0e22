/**
 * dockerd as an ordinary user, in a user namespace made by RootlessKit.
 *
 * The user exists in private copies of the user tables only, so that nothing of a real user is within the engine's reach.
 * No runtime wrapper here: in a new user namespace the bounding set is full.
 */
import { chmodSync, chownSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "./command.ts";
import { dockerdPlaces } from "./dockerd.ts";
import { findProgram } from "./programs.ts";
import type { EnginePlan, EngineRecipe, PrivateCopy } from "./recipe.ts";
import { addPrivateUser, USER_TABLES } from "./users.ts";

/** Ids far above those that distributions and their useradd give out, and apart from those of userns-remap. */
const ROOTLESS_ID = 1_900_100_000;
const FIRST_SUBORDINATE_ID = 1_900_200_000;
const SUBORDINATE_IDS = 65_536;

const TUN_DEVICE = "/dev/net/tun";
const OTHERS_READ_WRITE = 0o006;

/** The script that Docker ships to start an engine this way. */
const ROOTLESS_SCRIPT = "dockerd-rootless.sh";

export const rootless: EngineRecipe = {
  kind: "rootless",
  prerequisites: {
    programs: [
      "dockerd",
      "containerd",
      "runc",
      ROOTLESS_SCRIPT,
      "rootlesskit",
      "newuidmap",
      "newgidmap",
      "slirp4netns",
      "setpriv",
    ],
    files: [...USER_TABLES, TUN_DEVICE],
  },
  plan: planRootless,
};

async function planRootless(folder: string): Promise<EnginePlan> {
  const home = makeUserFolder(join(folder, "user"));
  const runtimeFolder = makeUserFolder(join(home, "run"));
  const socketPath = join(runtimeFolder, "docker.sock");
  const user = {
    name: "sekisho-rootless",
    id: ROOTLESS_ID,
    home,
    firstSubordinateId: FIRST_SUBORDINATE_ID,
    subordinateIds: SUBORDINATE_IDS,
  };
  return {
    socketPath,
    command: [
      ...["setpriv", `--reuid=${ROOTLESS_ID}`, `--regid=${ROOTLESS_ID}`, "--clear-groups", "--inh-caps=-all"],
      findProgram(ROOTLESS_SCRIPT) ?? ROOTLESS_SCRIPT,
      ...(await dockerdPlaces(home, socketPath)),
    ],
    env: {
      HOME: home,
      XDG_RUNTIME_DIR: runtimeFolder,
      // slirp4netns' own sandbox needs more namespaces and filters than a limited test machine grants. There is nothing
      // to reach for it: its outside is the engine's network namespace, which has a loopback interface only.
      DOCKERD_ROOTLESS_ROOTLESSKIT_SLIRP4NETNS_SANDBOX: "false",
      DOCKERD_ROOTLESS_ROOTLESSKIT_SLIRP4NETNS_SECCOMP: "false",
    },
    privateCopies: [...addPrivateUser(folder, user), ...(await openTunDevice(folder))],
  };
}

/**
 * slirp4netns runs as the user and opens the device. Everybody may on a host with udev; without udev only root may, and
 * then the engine sees a node of its own.
 */
async function openTunDevice(folder: string): Promise<PrivateCopy[]> {
  if ((statSync(TUN_DEVICE).mode & OTHERS_READ_WRITE) === OTHERS_READ_WRITE) {
    return [];
  }
  const copy = join(folder, "tun");
  await runOrThrow("mknod", ["--mode=666", copy, "c", "10", "200"]);
  return [{ copy, original: TUN_DEVICE }];
}

function makeUserFolder(path: string): string {
  mkdirSync(path, { mode: 0o700 });
  chmodSync(path, 0o711);
  chownSync(path, ROOTLESS_ID, ROOTLESS_ID);
  return path;
}
