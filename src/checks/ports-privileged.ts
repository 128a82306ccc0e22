import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** A port below 1024 of the host is published, where its users expect a service of the host. */
export const portsPrivileged = check({
  id: "ports-privileged",
  severity: "info",
  title: { en: "A port below 1024 is published", ja: "1024 未満のポートを公開している" },
  explanation: {
    en: "Ports below 1024 are where clients expect the services of the host itself, and only root may open them there. A container behind one of them answers in the host's name. Publish a higher port, or let a proxy stand in front; a web server for 80 and 443 is the usual exception.",
    ja: "1024 未満のポートは、クライアントがホスト自身のサービスを期待する場所であり、ホストでは root しか開けない。そこに置かれたコンテナは、ホストの名で応答することになる。高い番号のポートを公開するか、前段にプロキシを置くとよい。80 と 443 の Web サーバは通常の例外である。",
  },
  needs: config.portsPrivileged,
  field: "HostConfig.PortBindings",
  remedy: { summary: { en: "Publish a port from 1024 up", ja: "1024 以上のポートで公開する" } },
  aliases: {
    "cis-docker-1.6.0": ["5.8"],
    kics: ["privileged_ports_mapped_in_container", "bc2908f3-f73c-40a9-8793-c1b7d5544f79"],
  },
  examples: {
    flagged: ["docker run -p 80:80 busybox", "docker run -p 127.0.0.1:53:53/udp busybox"],
    clean: ["docker run -p 8080:80 busybox", "docker run -p 80 busybox"],
  },
});
