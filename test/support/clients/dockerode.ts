/** What a program with dockerode does: run with streams, exec with its input taken over and not, logs, events. */
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import Docker from "dockerode";

const socketPath = (process.env["DOCKER_HOST"] ?? "").replace(/^unix:\/\//, "");
const docker = new Docker({ socketPath });
const out = new PassThrough();
const printed = text(out);
const [ended, container] = (await docker.run("bb:test", ["sh", "-c", "echo out; exit 5"], out, {
  HostConfig: { NetworkMode: "none" },
})) as [{ StatusCode: number }, Docker.Container];
out.end();
console.log(ended.StatusCode, JSON.stringify(await printed));
await container.remove();

const sleeper = await docker.createContainer({
  Image: "bb:test",
  Cmd: ["sleep", "60"],
  name: "ode-one",
  HostConfig: { NetworkMode: "none" },
});
try {
  await sleeper.start();
  for (const hijack of [true, false]) {
    const exec = await sleeper.exec({
      Cmd: ["sh", "-c", "read x; echo got $x"],
      AttachStdin: true,
      AttachStdout: true,
    });
    const stream = await exec.start({ hijack, stdin: true });
    const answer = new PassThrough();
    docker.modem.demuxStream(stream, answer, answer);
    stream.write("a line\n");
    await new Promise((resolve) => answer.once("data", (chunk) => resolve(console.log(hijack, String(chunk).trim()))));
    stream.destroy();
  }
  console.log(JSON.stringify((await sleeper.inspect()).Config.Cmd));
  await sleeper.kill();
  console.log((await sleeper.wait()).StatusCode);
} finally {
  await sleeper.remove({ force: true });
}
try {
  await docker.getContainer("ode-one").inspect();
} catch (error) {
  console.log((error as { statusCode: number }).statusCode, (error as Error).message);
}
process.exitCode = 6;
