export { type DaemonAnswers, readDaemonHost, withFiles } from "./read-daemon-host.ts";
