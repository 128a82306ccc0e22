import { all, any, device, gained, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Reading a raw disk. */
export const rawBlockDeviceRead = technique({
  id: "raw-block-device-read",
  attack: ["T1006"],
  severity: "critical",
  title: { en: "A disk of the host can be read", ja: "ホストのディスクを読める" },
  explanation: {
    en: "A disk opened for reading gives every file on it, whatever its owner and mode: password hashes, keys, the data of other containers. Giving the device read-only is enough for that.",
    ja: "読取りで開けるディスクからは、所有者やモードに関係なく、パスワードハッシュ、鍵、他のコンテナのデータなど全ファイルを読める。デバイスを読取り専用で渡しただけで足りる。",
  },
  basis: "documented",
  needs: all(any(gained("raw-block-device"), device("block", "r")), onHost.rootOnLocalBlock),
  gains: ["host-file-read(*)"],
  aliases: { "cis-docker-1.6.0": ["5.18"] },
  examples: {
    open: ["docker run --device /dev/sda:/dev/sda:r busybox"],
    closed: [
      "docker run --device /dev/sda:/dev/sda:r --user 1000:1000 busybox",
      "docker run --device /dev/null busybox",
      { line: "docker run --device /dev/sda:/dev/sda:r busybox", host: { rootOnLocalBlock: false } },
    ],
  },
});
