import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** Every port that the image declares is published, whatever it is for. */
export const publishAllPorts = check({
  id: "publish-all-ports",
  severity: "info",
  title: { en: "Every port of the image is published", ja: "イメージの全ポートを公開している" },
  explanation: {
    en: "With -P the image decides which ports the host opens, and a new version of it may open more: a metrics page, a debugger. Publish by number those that clients need.",
    ja: "-P を使うと、ホストのどのポートを開くかをイメージが決めることになり、新しいバージョンではメトリクスのページやデバッガなどが増えるかもしれない。クライアントが必要とするものを番号で公開するとよい。",
  },
  needs: config.publishAll,
  field: "HostConfig.PublishAllPorts",
  remedy: {
    summary: { en: "Publish single ports", ja: "個々のポートを公開する" },
    edit: "HostConfig.PublishAllPorts=false",
  },
  aliases: { "cis-docker-1.6.0": ["5.9"] },
  examples: {
    flagged: ["docker run -P busybox"],
    clean: ["docker run -p 8080:80 busybox", "docker run --expose 80 busybox"],
  },
});
