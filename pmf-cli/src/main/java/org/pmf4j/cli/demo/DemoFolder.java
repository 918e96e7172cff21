package org.pmf4j.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.cli.demo.signs.SignFiles;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.file.FolderRemoval;

/**
 * Where a demo keeps its files.
 *
 * @param root the folder of all of them
 */
record DemoFolder(Path root) {
  private static final String MARK = ".pmf-demo";
  private static final String DATA = "data";
  private static final String ENCODERS = "encoders";
  private static final String MODELS = "models";
  private static final String CACHE = "cache";
  private static final String REPORT = "report.html";

  /** What is done with a demo that is there already. */
  enum Existing {
    REFUSE,
    OVERWRITE
  }

  /**
   * Makes a folder ready for a demo. Of an older demo only what demos make is deleted.
   *
   * @throws PmfException if it holds something that must not be replaced
   */
  static DemoFolder claim(Path root, Existing existing) {
    DemoFolder folder = new DemoFolder(root);
    try {
      boolean marked = Files.exists(root.resolve(MARK));
      if (marked && existing == Existing.REFUSE) {
        throw PmfException.usage(
            root
                + " holds a demo; replace it with --overwrite or choose another folder with --out");
      }
      if (Files.exists(root) && !marked && !empty(root)) {
        throw PmfException.usage(
            root + " is there already and is no demo's folder; choose another with --out");
      }
      AtomicFile.createFolders(root);
      AtomicFile.write(root.resolve(MARK), "The files of pmf demo; --overwrite replaces them.\n");
      // The report first: what is left of a killed run must not look whole
      for (String name : List.of(REPORT, MODELS, ENCODERS, CACHE, DATA, "." + DATA + ".tmp")) {
        FolderRemoval.remove(root.resolve(name));
      }
    } catch (IOException e) {
      throw FileErrors.cannotWrite(root, e);
    }
    return folder;
  }

  private static boolean empty(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.allMatch(FolderLock::isLockFile);
    }
  }

  SignFiles data() {
    return new SignFiles(root.resolve(DATA));
  }

  Path encoder(String modality) {
    return root.resolve(ENCODERS).resolve(modality);
  }

  Path model(String name) {
    return root.resolve(MODELS).resolve(name);
  }

  Path cache() {
    return root.resolve(CACHE);
  }

  Path report() {
    return root.resolve(REPORT);
  }
}
