/** A line to take out (`-`), to put in (`+`), or to run on the host (`$`). */
export interface PasteLine {
  readonly sign: "-" | "+" | "$" | "#";
  readonly text: string;
}
