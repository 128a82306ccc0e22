/** A request as it came over the wire, before anybody understood it. */
export interface ReceivedRequest {
  readonly method: string;
  /** The request line's target, byte for byte: path and query. */
  readonly target: string;
  /** In the order of the wire, names as they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The whole body. Absent: there is none, or it is a stream that is passed on unread. */
  readonly body?: Uint8Array;
}
