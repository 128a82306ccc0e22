/** One request of a visitor, as it was recorded. */
export interface VisitRequest {
  /** From 1, in the order of arrival. */
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly connection: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** As sent, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As much of the body as was kept. */
  readonly body: Buffer | undefined;
  /** Length of the whole body in bytes. */
  readonly bodyBytes: number;
  /** Of the whole body. */
  readonly bodySha256?: string;
  readonly status?: number;
  /** Ids that the answer gave out. */
  readonly created?: { readonly containerId?: string; readonly execId?: string };
  /** Ids that the request named, resolved to whole ones. */
  readonly named?: { readonly containerId?: string; readonly execId?: string };
  /** What the visitor wrote into the stream after the answer (attach, exec). */
  readonly stream?: Buffer;
  /** What the imitated shell saw of it. */
  readonly observations?: readonly { readonly kind: string; readonly value: string }[];
}

/** Everything that one visitor did until they fell silent. */
export interface Visit {
  readonly id: string;
  readonly started: string;
  readonly ended: string;
  readonly address: string;
  readonly connections: number;
  readonly requests: readonly VisitRequest[];
  /** All that came, also those that were not kept; absent: those that are here. */
  readonly requestsTotal?: number;
}

/** The first value of a header, by its name in any case. */
export function headerOf(request: Pick<VisitRequest, "headers">, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}
