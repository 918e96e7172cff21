package org.pmf4j.core.data;

/** How a table is written that comes without a name. */
public enum StreamFormat {
  /** As its first character tells: JSON begins with an object or a list, all else is CSV. */
  AUTO,
  /** CSV. */
  CSV,
  /** JSON objects, one after the other. */
  JSONL,
  /** The same, or one list of objects. */
  JSON;

  /** Whether a text is JSON. */
  boolean isJson(TableText text) {
    return this == AUTO ? text.beginsAsJson() : this != CSV;
  }
}
