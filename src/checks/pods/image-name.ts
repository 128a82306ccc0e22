/** The parts of an image's name. */
export interface ImageName {
  /** Without tag and digest, registry included. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits `registry:5000/name:tag@sha256:…`. */
export function imageName(image: string): ImageName {
  const [named = "", digest] = image.split("@", 2);
  const match = /^(.*):([^/:]+)$/.exec(named);
  return { repository: match?.[1] ?? named, tag: match?.[2], digest };
}
