import { type Handler, passes } from "./case.ts";
import { putArchive } from "./routes/archive.ts";
import { createContainer } from "./routes/container-create.ts";
import {
  commitContainer,
  createExec,
  startContainer,
  startExec,
  touchContainer,
  touchExec,
  updateContainer,
  useContainer,
} from "./routes/container-use.ts";
import {
  buildImage,
  lookAtImage,
  pullOrImport,
  pushImage,
  removeImage,
  searchImages,
  tagImage,
} from "./routes/images.ts";
import { list, withHiddenEnvironment } from "./routes/lists.ts";
import { writeService } from "./routes/services.ts";
import { connectNetwork, createNetwork, createVolume, touchNetwork, touchVolume } from "./routes/volumes-networks.ts";

const inspectContainer: Handler = async (judged) =>
  withHiddenEnvironment(await touchContainer(judged), judged, "container-inspect");

/** What is judged of each route beyond the verb. A route that is not here is decided by its verb alone. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  "system.events": list,
  "system.df": list,
  "container.list": list,
  "container.prune": list,
  "container.create": createContainer,
  "container.inspect": inspectContainer,
  "container.top": touchContainer,
  "container.logs": touchContainer,
  "container.changes": touchContainer,
  "container.export": touchContainer,
  "container.stats": touchContainer,
  "container.resize": touchContainer,
  "container.start": startContainer,
  "container.stop": touchContainer,
  "container.restart": useContainer,
  "container.kill": touchContainer,
  "container.update": updateContainer,
  "container.rename": touchContainer,
  "container.pause": touchContainer,
  "container.unpause": touchContainer,
  "container.attach": useContainer,
  "container.attach-ws": useContainer,
  "container.wait": touchContainer,
  "container.remove": touchContainer,
  "container.archive-head": useContainer,
  "container.archive-get": useContainer,
  "container.archive-put": putArchive,
  "container.copy": useContainer,
  "container.commit": commitContainer,
  "exec.create": createExec,
  "exec.start": startExec,
  "exec.resize": touchExec,
  "exec.inspect": touchExec,
  "image.list": list,
  "image.search": searchImages,
  "image.create": pullOrImport,
  "image.save-many": lookAtImage,
  "image.save": lookAtImage,
  "image.prune": list,
  "image.inspect": lookAtImage,
  "image.history": lookAtImage,
  "image.attestations": lookAtImage,
  "image.push": pushImage,
  "image.tag": tagImage,
  "image.remove": removeImage,
  "image.build": buildImage,
  "network.list": list,
  "network.inspect": touchNetwork,
  "network.create": createNetwork,
  "network.connect": connectNetwork,
  "network.disconnect": connectNetwork,
  "network.remove": touchNetwork,
  "network.prune": list,
  "volume.list": list,
  "volume.inspect": touchVolume,
  "volume.create": createVolume,
  "volume.remove": touchVolume,
  "volume.prune": list,
  "service.create": writeService,
  "service.update": writeService,
};

export const handlerOf = (route: string): Handler =>
  Object.hasOwn(HANDLERS, route) ? (HANDLERS[route] as Handler) : passes;
