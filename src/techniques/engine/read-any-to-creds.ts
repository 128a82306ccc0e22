import { gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** From reading everything to credentials. */
export const readAnyToCreds = technique({
  id: "read-any-to-creds",
  attack: ["T1003.008", "T1552.001"],
  severity: "high",
  title: { en: "Reading any file gives credentials", ja: "任意のファイルを読めれば資格情報が手に入る" },
  explanation: {
    en: "Among all files of a host are its password hashes, SSH keys, cloud tokens and the environment of services. Whether one of them opens a way back in as root depends on the host and is not assumed.",
    ja: "ホストの全ファイルの中には、パスワードハッシュ、SSH の鍵、クラウドのトークン、サービスの環境変数がある。そのどれかで root として戻れるかどうかはホスト次第であり、ここでは仮定しない。",
  },
  basis: "documented",
  needs: gained("host-file-read(*)"),
  gains: ["cred-theft"],
  examples: {
    open: ["docker run -v /:/host:ro busybox"],
    closed: ["docker run -v /srv:/host:ro busybox"],
  },
});
