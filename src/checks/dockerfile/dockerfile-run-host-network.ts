import { dockerfileCheck } from "./dockerfile-check.ts";
import { flagged } from "./instructions.ts";

/** A build step uses the host's network. */
export const dockerfileRunHostNetwork = dockerfileCheck({
  id: "dockerfile-run-host-network",
  severity: "medium",
  title: { en: "A build step uses the host's network", ja: "ビルド手順がホストのネットワークを使う" },
  explanation: {
    en: "RUN --network=host reaches services on the build host's loopback and everything that the host may reach. It works only where the builder allows network.host.",
    ja: "RUN --network=host は、ビルドホストのループバックのサービスと、ホストから届くすべてに届きます。ビルダーが network.host を許すときだけ動きます。",
  },
  aliases: {},
  find: (file) => flagged(file, "RUN", ({ name, value }) => name === "network" && value === "host"),
  fix: (text) => text.replace(/\s--network=host(?=\s)/, ""),
  examples: {
    flagged: ["FROM alpine:3.20\nRUN --network=host wget -qO- http://127.0.0.1:8080\n"],
    clean: ["FROM alpine:3.20\nRUN --network=none id\n", "FROM alpine:3.20\nRUN id\n"],
  },
});
