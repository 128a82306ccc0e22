export { containerConfigOf, READ_CONFIG, READ_HOST_CONFIG } from "./container-config.ts";
export { asBoolean, asKeys, asListOf, asNumber, asString, asStrings, asStruct } from "./convert.ts";
export { DOCUMENTS_MAX, documentsOf, hasMember, notAnObject, trailingProblems, whereIn } from "./documents.ts";
export { CONTAINER_JSON_BYTES_MAX, type JsonInput, type JsonSource, openJsonSource } from "./json-source.ts";
export { quote, typeErrorText } from "./words.ts";
