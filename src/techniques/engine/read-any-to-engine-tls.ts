import { all, any, gained, ns, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From reading everything to the engine.
 *
 * Needs all of: reading any file, an engine that listens with TLS, and a network that reaches it.
 */
export const readAnyToEngineTls = technique({
  id: "read-any-to-engine-tls",
  attack: ["T1552.004"],
  severity: "high",
  title: { en: "The engine's client keys can be read", ja: "エンジンの TLS 鍵を読み取れる" },
  explanation: {
    en: "An engine that listens on TCP with TLS trusts whoever holds a certificate of its authority, and the keys lie on the host. A container that reads them and reaches the port has the engine's API.",
    ja: "TLS 付きの TCP で待ち受けるエンジンは、その認証局の証明書を持つ者を信用し、鍵はホスト上にある。それを読めてポートに届くコンテナは、エンジンの API を使える。",
  },
  basis: "documented",
  needs: all(gained("host-file-read(*)"), onHost.engineTlsListener, any(ns.net.host, ns.net.bridge)),
  gains: ["engine-api"],
  examples: {
    open: [{ line: "docker run -v /:/host:ro busybox", host: { engineTlsListener: true } }],
    closed: [
      { line: "docker run -v /:/host:ro busybox", host: { engineTlsListener: false } },
      { line: "docker run --network none -v /:/host:ro busybox", host: { engineTlsListener: true } },
      { line: "docker run busybox", host: { engineTlsListener: true } },
    ],
  },
});
