import { all, any, gained, ns, onHost, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From credentials of the machine to the cloud account.
 *
 * Needs all of: credentials that can be taken, a machine with a metadata service, and a network that reaches it.
 */
export const imdsToCloud = technique({
  id: "imds-to-cloud",
  attack: ["T1078.004", "T1552.005"],
  severity: "high",
  title: { en: "The machine's cloud role can be used", ja: "マシンのクラウド権限を使える" },
  explanation: {
    en: "A virtual machine in a cloud gets credentials for its role from the metadata service, and so does whoever can ask in its name. A hop limit of 1 keeps bridged containers from asking, not those on the host's network.",
    ja: "クラウドの仮想マシンは、自分のロールの資格情報をメタデータサービスから受け取る。その名で問い合わせられる者も同じものを受け取れる。ホップ数の上限 1 はブリッジ上のコンテナを防ぐが、ホストのネットワーク上のコンテナは防がない。",
  },
  basis: "documented",
  needs: all(
    gained("cred-theft"),
    any(all(ns.net.host, onHost.cloudImds), all(ns.net.bridge, told("net.can-reach-imds", "no"))),
  ),
  gains: ["cloud-account"],
  examples: {
    open: [{ line: "docker run --network host busybox", host: { facts: { "host.cloud-imds": "yes" } } }],
    possible: ["docker run --network host busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run --network host busybox", host: { facts: { "host.cloud-imds": "no" } } },
      { line: "docker run busybox", host: { facts: { "host.cloud-imds": "yes" } } },
    ],
  },
});
