/** What a test suite with Testcontainers does: start, wait for a line of the log, exec, copy in, stop. */
import { GenericContainer, Wait } from "testcontainers";

const container = await new GenericContainer("bb:test")
  .withCommand(["sh", "-c", "echo ready; sleep 60"])
  .withNetworkMode("none")
  .withWaitStrategy(Wait.forLogMessage("ready"))
  .withCopyContentToContainer([{ content: "hello", target: "/tmp/hello" }])
  .start();
try {
  console.log(await container.exec(["sh", "-c", "cat /tmp/hello; exit 2"]));
} finally {
  await container.stop({ timeout: 0 });
}
console.log("stopped");
