import { all, any, ns, onHost, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reading the credentials of a cloud instance from its metadata service.
 *
 * With the host's network the service answers as it answers the host. Through a bridge it depends on the provider's hop
 * limit and on the firewall, so that is only believed when it is told (`net.can-reach-imds`).
 */
export const cloudImds = technique({
  id: "cloud-imds",
  attack: ["T1552.005"],
  severity: "high",
  title: { en: "The cloud instance's credentials can be read", ja: "クラウドインスタンスの資格情報を読み取れる" },
  explanation: {
    en: "Cloud instances learn the credentials of their role from a service at a link-local address, which answers anybody who can send it a request. A container in the host's network is as near to it as the host. A hop limit of one keeps bridged containers away from it, and not those with the host's network.",
    ja: "クラウドのインスタンスは、リンクローカルアドレスのサービスからロールの資格情報を得る。このサービスは、要求を送れる者なら誰にでも応える。ホストのネットワークにあるコンテナは、ホストと同じ近さにある。ホップ数の上限を 1 にすればブリッジのコンテナは遠ざけられるが、ホストネットワークのコンテナには効かない。",
  },
  basis: "documented",
  needs: any(all(ns.net.host, onHost.cloudImds), all(ns.net.bridge, told("net.can-reach-imds", "no"))),
  gains: ["cred-theft"],
  examples: {
    open: [
      { line: "docker run --network host busybox", host: { facts: { "host.cloud-imds": "yes" } } },
      { line: "docker run -d busybox", host: { facts: { "net.can-reach-imds": "yes" } } },
    ],
    possible: ["docker run --network host busybox"],
    closed: [
      "docker run -p 8080:80 busybox",
      "docker run --network none busybox",
      { line: "docker run --network host busybox", host: { facts: { "host.cloud-imds": "no" } } },
    ],
  },
});
