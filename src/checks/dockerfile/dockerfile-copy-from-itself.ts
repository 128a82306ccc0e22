import { dockerfileCheck } from "./dockerfile-check.ts";

/** A stage copies from itself. */
export const dockerfileCopyFromItself = dockerfileCheck({
  id: "dockerfile-copy-from-itself",
  severity: "info",
  title: { en: "A stage copies from itself", ja: "ステージが自分自身から写す" },
  explanation: {
    en: "COPY --from names the stage that it stands in; the build fails.",
    ja: "COPY --from が自分のステージを指しており、ビルドは失敗します。",
  },
  aliases: { trivy: ["DS-0006"], hadolint: ["DL3023"] },
  find: (file) =>
    file.stages.flatMap(({ name, instructions }, index) =>
      instructions
        .filter(
          ({ keyword, flags }) =>
            keyword === "COPY" &&
            flags.some(
              (flag) => flag.name === "from" && (flag.value.toLowerCase() === name || flag.value === String(index)),
            ),
        )
        .map(({ place }) => ({ place })),
    ),
  examples: {
    flagged: ["FROM debian:12 AS a\nCOPY --from=a /x /y\n", "FROM debian:12\nCOPY --from=0 /x /y\n"],
    clean: ["FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a /x /y\n"],
  },
});
