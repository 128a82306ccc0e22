import { dockerfileCheck } from "./dockerfile-check.ts";
import { isUnpinned } from "./stages.ts";

/** The base image is not pinned. */
export const dockerfileImageLatest = dockerfileCheck({
  id: "dockerfile-image-latest",
  severity: "info",
  title: { en: "The base image is not pinned", ja: "元のイメージが固定されていない" },
  explanation: {
    en: "Without a tag, or with latest, each build may begin from another image, and nobody can say what was in it. Name a version, better a digest.",
    ja: "タグがないか latest だと、ビルドのたびに別のイメージから始まりえます。版を、できればダイジェストを指定してください。",
  },
  aliases: { trivy: ["DS-0001"], checkov: ["CKV_DOCKER_7"], hadolint: ["DL3006", "DL3007"] },
  find: (file) =>
    file.stages
      .filter(
        ({ image, base }) => base === undefined && image !== undefined && image !== "scratch" && isUnpinned(image),
      )
      .map(({ from }) => ({ place: from.place })),
  examples: {
    flagged: [
      "FROM debian\n",
      "FROM debian:latest\n",
      "FROM registry.example.org:5000/a/b\n",
      "ARG T=latest\nFROM debian:$T\n",
    ],
    clean: [
      "FROM debian:12\n",
      "FROM scratch\n",
      "FROM debian:12 AS b\nFROM b\n",
      "FROM debian@sha256:2bc5c236e9b262645a323e9088dfa3bb1ecb16cc75811daf40a23a824d665be9\n",
      "ARG T\nFROM debian:$T\n",
    ],
  },
});
