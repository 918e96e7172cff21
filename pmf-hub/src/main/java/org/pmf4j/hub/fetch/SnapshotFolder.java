package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.hub.HubCache;
import org.pmf4j.hub.HubModel;

/**
 * Puts a model's files into their places in the cache, as huggingface_hub does. Immutable; one
 * thread and process at a time may put the same file.
 *
 * @param cache the hub's cache
 * @param model at its commit
 * @param links false if there shall be copies in place of links
 */
record SnapshotFolder(HubCache cache, HubModel model, boolean links) {

  /** Where the files are. */
  Path directory() {
    return cache.snapshot(model.repo(), model.revision());
  }

  /** Where a file is, whether it is there or not. */
  Path file(String name) {
    return directory().resolve(name);
  }

  /** Where the content of a file is, by its hash. */
  Path blob(String etag) {
    return cache.folder(model.repo()).resolve("blobs").resolve(etag);
  }

  /** What is locked while that content is fetched. */
  Path lock(String etag) {
    return cache.locks(model.repo()).resolve(etag + ".lock");
  }

  /** True if a file is there; a link to content that was removed is not. */
  boolean has(String name) {
    return Files.isRegularFile(file(name));
  }

  /**
   * Gives content its name in this commit: by a link that moves with the cache, or where there are
   * no links by moving new content there, and copying what other commits may have.
   *
   * @param blob content that is whole
   * @param fresh true if no other commit can have it yet
   * @throws org.pmf4j.api.error.PmfException if it cannot be written
   */
  void put(String name, Path blob, boolean fresh) {
    Path file = file(name);
    AtomicFile.createFolders(file.getParent());
    if (links && link(file, file.getParent().relativize(blob))) {
      return;
    }
    if (fresh) {
      AtomicFile.move(blob, file);
    } else {
      AtomicFile.write(file, out -> Files.copy(blob, out));
    }
  }

  private static boolean link(Path file, Path to) {
    try {
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, to);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // Windows without the right to, or a file system that has none
    }
  }

  /**
   * Remembers that this commit has no file of a name; a cache that cannot be written forgets it.
   */
  void rememberAbsence(String missing) {
    Path absence = cache.absence(model.repo(), model.revision(), missing);
    try {
      if (!Files.exists(absence)) {
        Files.createDirectories(absence.getParent());
        Files.createFile(absence);
      }
    } catch (IOException e) {
      return; // it is asked again the next time
    }
  }

  /**
   * Remembers what commit a branch or tag is.
   *
   * @param asked the model as it was asked for
   * @throws org.pmf4j.api.error.PmfException if it cannot be written
   */
  void rememberCommit(HubModel asked) {
    boolean known = cache.commit(asked).filter(model.revision()::equals).isPresent();
    if (!known) {
      Path ref = cache.ref(asked);
      AtomicFile.createFolders(ref.getParent());
      AtomicFile.write(ref, model.revision());
    }
  }

  /** Bytes that may still be written here; endless where the system does not tell. */
  long space() {
    Path folder = cache.root();
    try {
      long usable = Files.getFileStore(folder).getUsableSpace();
      return usable > 0 ? usable : Long.MAX_VALUE;
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }
}
