import type { DescribedImage } from "../../facts/index.ts";

/** The fields whose text is run, by a container or by a build from the image, and that match. */
export function commandsMatching(image: DescribedImage, ...patterns: readonly RegExp[]): readonly string[] {
  const texts = [
    ["Config.Entrypoint", image.entrypoint.join(" ")],
    ["Config.Cmd", image.cmd.join(" ")],
    ["Config.Healthcheck.Test", image.healthcheck.join(" ")],
    ...image.onBuild.map((text, index) => [`Config.OnBuild[${index}]`, text] as const),
  ] as const;
  return texts.filter(([, text]) => patterns.some((pattern) => pattern.test(text))).map(([field]) => field);
}
