/** How long the body of a request is, by the rules of Go's `readTransfer`. */
import type { Head } from "./head.ts";

export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" };

/** The bare answer that net/http gives to a head whose framing it refuses. */
export interface FramingFailure {
  readonly kind: "refused";
  readonly status: string;
  readonly body: string;
}

const BAD_REQUEST: FramingFailure = { kind: "refused", status: "400 Bad Request", body: "400 Bad Request" };
const UNSUPPORTED: FramingFailure = {
  kind: "refused",
  status: "501 Not Implemented",
  body: "Unsupported transfer encoding",
};

/** Trailers that may not be announced. */
const BAD_TRAILER = /^(transfer-encoding|trailer|content-length)$/i;

/** `strconv.ParseUint(text, 10, 63)`. */
const LENGTH_MAX = 2n ** 63n - 1n;

export function framingOf(head: Head, emptyLengthIsWrong: boolean): Framing | FramingFailure {
  const codings = head.values.get("Transfer-Encoding");
  const chunked = codings !== undefined && head.minor >= 1;
  if (chunked && (codings.length !== 1 || codings[0]?.trim().toLowerCase() !== "chunked")) {
    return UNSUPPORTED;
  }
  if (chunked) {
    const trailers = (head.values.get("Trailer") ?? []).flatMap((value) => value.split(","));
    return trailers.some((name) => BAD_TRAILER.test(name.trim())) ? BAD_REQUEST : { kind: "chunked" };
  }
  const lengths = head.values.get("Content-Length")?.map((value) => value.trim()) ?? [];
  const [length] = lengths;
  if (lengths.some((other) => other !== length)) {
    return BAD_REQUEST;
  }
  if (length === undefined || (length === "" && !emptyLengthIsWrong)) {
    return { kind: "none" };
  }
  if (!/^\d+$/.test(length) || BigInt(length) > LENGTH_MAX) {
    return BAD_REQUEST;
  }
  return length === "0" || BigInt(length) === 0n ? { kind: "none" } : { kind: "length", bytes: Number(length) };
}
