export { type Delivery, deliver, type Patience } from "./deliver.ts";
export { type Destination, Refused } from "./destination.ts";
export { parseSyslogAddress, type SyslogAddress, syslog } from "./syslog.ts";
export { webhook } from "./webhook.ts";
