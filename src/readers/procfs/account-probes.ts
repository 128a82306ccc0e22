import { ABSENT, exists, type FileStatus, type HostSource, textOf } from "./host-source.ts";
import { type Probe, placeOf } from "./probe.ts";

const PASSWD = "/etc/passwd";
const GROUP = "/etc/group";

/** /var/run is a link to /run on every distribution of the last ten years. */
const DEFAULT_SOCKET = "/run/docker.sock";

/** Groups whose members may become root with their own password: sudo's on Debian, Red Hat and old Ubuntu. */
const SUDO_GROUPS = new Set(["sudo", "wheel", "admin"]);

/** First account that a person gets on nearly every distribution. */
const FIRST_PERSON = 1000;

/** Group and mode of the engine's socket. */
export const probeEngineSocket: Probe = (source, draft, options) => {
  const path = options.engineSocket ?? DEFAULT_SOCKET;
  const status: FileStatus | typeof ABSENT | undefined = source.status(path);
  if (status !== undefined && status !== ABSENT && status.kind === "socket") {
    draft.set("dockerGid", status.gid, placeOf(path, "dockerGid"));
    draft.set("dockerSockMode", status.mode.toString(8).padStart(4, "0"), placeOf(path, "dockerSockMode"));
  }
};

/**
 * Accounts that the files name. They can show that somebody is there; that nobody is they show only where the name
 * service asks no directory besides.
 */
export const probeAccounts: Probe = (source, draft) => {
  const accounts = fieldsOf(source, PASSWD);
  const groups = fieldsOf(source, GROUP);
  if (accounts === undefined || groups === undefined) {
    return;
  }
  const onlyFiles = isOnlyFiles(source);
  const isTrueOrOpen = (found: boolean) => found || (onlyFiles ? false : undefined);
  const membersOf = (isWanted: (name: string) => boolean) =>
    groups.some(
      ([name = "", , gid, members = ""]) =>
        isWanted(name) && (members !== "" || accounts.some(([, , uid, primary]) => uid !== "0" && primary === gid)),
    );
  const inDocker = isTrueOrOpen(membersOf((name) => name === "docker"));
  const inSudo = isTrueOrOpen(membersOf((name) => SUDO_GROUPS.has(name)));
  draft.set("userInDockerGroup", inDocker, placeOf(GROUP, "userInDockerGroup"));
  draft.set("userSudo", inSudo, placeOf(GROUP, "userSudo"));
  const hasPerson = accounts.some(([, , uid]) => uid === String(FIRST_PERSON));
  if (!hasPerson) {
    draft.set("hostUser1000", isTrueOrOpen(false), placeOf(PASSWD, "hostUser1000"));
  } else if (exists(source, `/run/user/${FIRST_PERSON}`) === true) {
    draft.set("hostUser1000", true, placeOf(`/run/user/${FIRST_PERSON}`, "hostUser1000"));
  } // an account without a session now may have one later: left open
};

/** nsswitch.conf(5): `files`, `compat` and what systemd makes up itself are local. */
function isOnlyFiles(source: HostSource): boolean {
  const text = source.text("/etc/nsswitch.conf");
  if (typeof text !== "string") {
    return text === ABSENT;
  }
  return [...text.matchAll(/^\s*(?:passwd|group):([^#\n]*)/gm)].every(([, services = ""]) =>
    services
      .replace(/\[[^\]]*\]/g, " ")
      .trim()
      .split(/\s+/)
      .every((service) => ["", "files", "compat", "systemd", "altfiles"].includes(service)),
  );
}

/** Lines of a file of fields between colons: passwd(5), group(5). */
function fieldsOf(source: HostSource, path: string): readonly (readonly string[])[] | undefined {
  return textOf(source, path)
    ?.split("\n")
    .filter((line) => line.includes(":") && !line.startsWith("#"))
    .map((line) => line.split(":"));
}
