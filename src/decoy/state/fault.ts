/** A refusal with dockerd's own words. */
export class EngineFault extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "EngineFault";
    this.status = status;
  }
}

export const noSuchContainer = (name: string): EngineFault => new EngineFault(404, `No such container: ${name}`);
