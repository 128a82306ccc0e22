import type {
  AcceptedConnection,
  BodySpill,
  CapturedExecution,
  CapturedRequest,
  CaptureSink,
  ClosedConnection,
  SentResponse,
  StreamBytes,
} from "./sink.ts";

/** Keeps everything, for tests. */
export class MemorySink implements CaptureSink {
  readonly opened: AcceptedConnection[] = [];
  readonly requests: CapturedRequest[] = [];
  readonly responses: SentResponse[] = [];
  readonly streams: StreamBytes[] = [];
  readonly executions: CapturedExecution[] = [];
  readonly closed: ClosedConnection[] = [];
  readonly spilled: Buffer[] = [];

  connectionOpened(connection: AcceptedConnection): void {
    this.opened.push(connection);
  }

  spill(): BodySpill {
    const parts: Uint8Array[] = [];
    return {
      write: (bytes) => {
        parts.push(bytes);
      },
      end: async () => {
        this.spilled.push(Buffer.concat(parts));
        return `memory:${this.spilled.length - 1}`;
      },
    };
  }

  requestReceived(request: CapturedRequest): void {
    this.requests.push(request);
  }

  responseSent(response: SentResponse): void {
    this.responses.push(response);
  }

  streamData(data: StreamBytes): void {
    this.streams.push(data);
  }

  execution(execution: CapturedExecution): void {
    this.executions.push(execution);
  }

  connectionClosed(connection: ClosedConnection): void {
    this.closed.push(connection);
  }
}
