/** The image that every container of the tests comes from: made here, so that no registry is needed. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "./command.ts";
import { findProgram } from "./programs.ts";

/** Its name in every engine. */
export const BUSYBOX_IMAGE = "bb:test";

/** Folders that an image of a real distribution has, too. */
const FOLDERS = ["bin", "dev", "etc", "home", "proc", "root", "sys", "tmp", "usr", "var"];

/** Two users, so that tests can start a container as somebody else than root. */
const PASSWD = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n";
const GROUP = "root:x:0:\nnobody:x:65534:\n";

/** Packs a static busybox and a link per applet into a tar file, as `docker import` takes it. */
export async function writeBusyboxTar(folder: string): Promise<string> {
  const root = join(folder, "busybox-root");
  for (const name of FOLDERS) {
    mkdirSync(join(root, name), { recursive: true, mode: 0o755 });
  }
  const busybox = findProgram("busybox") ?? "busybox";
  copyFileSync(busybox, join(root, "bin/busybox"));
  for (const applet of (await runOrThrow(busybox, ["--list"])).split("\n")) {
    if (applet !== "" && applet !== "busybox") {
      symlinkSync("busybox", join(root, "bin", applet));
    }
  }
  writeFileSync(join(root, "etc/passwd"), PASSWD);
  writeFileSync(join(root, "etc/group"), GROUP);
  const tar = join(folder, "busybox.tar");
  await runOrThrow("tar", [
    "--create",
    "--numeric-owner",
    "--owner=0",
    "--group=0",
    "--file",
    tar,
    "--directory",
    root,
    ".",
  ]);
  return tar;
}
