import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** A published port is open on every address of the host. */
export const portOnEveryAddress = check({
  id: "port-on-every-address",
  severity: "info",
  title: { en: "A port is published on every address of the host", ja: "ホストの全アドレスでポートを公開している" },
  explanation: {
    en: "A published port without an address is open on every interface of the host, and Docker's rules come before those of many host firewalls. Name the address that should answer, and 127.0.0.1 for what only the host or a proxy on it uses.",
    ja: "アドレスを書かずに公開したポートは、ホストのすべてのインタフェースで開き、Docker の規則は多くのホスト側ファイアウォールより先に適用される。応答すべきアドレスを書き、ホスト自身やその上のプロキシだけが使うものは 127.0.0.1 にするとよい。",
  },
  needs: config.portsOnEveryAddress,
  field: "HostConfig.PortBindings",
  remedy: {
    summary: { en: "Name the address of the host that should answer", ja: "応答すべきホストのアドレスを指定する" },
  },
  aliases: {
    "cis-docker-1.6.0": ["5.14"],
    kics: ["container_traffic_not_bound_to_host_interface", "451d79dc-0588-476a-ad03-3c7f0320abb3"],
  },
  examples: {
    flagged: ["docker run -p 8080:80 busybox", "docker run -p 0.0.0.0:8080:80 busybox"],
    clean: ["docker run -p 127.0.0.1:8080:80 busybox", "docker run --expose 80 busybox"],
  },
});
