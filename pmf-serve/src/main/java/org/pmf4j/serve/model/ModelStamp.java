package org.pmf4j.serve.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.pmf4j.core.model.ModelDirectory;

/**
 * By which it is seen that a model was replaced. Immutable, so that any number of threads may share
 * it.
 */
record ModelStamp(String config, String adapter) {
  static ModelStamp of(Path directory) {
    ModelDirectory model = new ModelDirectory(directory);
    return new ModelStamp(stamp(model.config()), stamp(model.adapter()));
  }

  /** Moving a file into its place keeps its size, its time and its key. */
  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.size() + " " + now.lastModifiedTime() + " " + now.fileKey();
    } catch (IOException e) {
      return "gone";
    }
  }
}
