package org.pmf4j.export.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;

/**
 * A folder that is put together under another name beside its place, and gets its own when it is
 * complete. Until then, and where it never is, what was there before stays. For one thread at a
 * time.
 */
public final class ExportFolder implements AutoCloseable {
  private final Path target;
  private final Path staged;
  private final Path replaced;

  private ExportFolder(Path target) {
    this.target = target;
    String name =
        String.format(Locale.ROOT, ".%s.%d", target.getFileName(), ProcessHandle.current().pid());
    this.staged = target.resolveSibling(name + ".tmp");
    this.replaced = target.resolveSibling(name + ".old");
  }

  /**
   * Begins a folder.
   *
   * @param out its place: nothing, an empty folder or an earlier export
   * @return what the caller closes
   * @throws PmfException if something else is there, or the folder cannot be made
   */
  public static ExportFolder begin(Path out) {
    Path target = out.toAbsolutePath().normalize();
    if (target.getFileName() == null) {
      throw PmfException.usage(out + ": cannot be replaced; choose a folder of its own");
    }
    requireReplaceable(out, target);
    ExportFolder folder = new ExportFolder(target);
    AtomicFile.createFolders(target.getParent());
    AtomicFile.createFolders(folder.staged);
    return folder;
  }

  /**
   * Refuses a place where something is that no export made.
   *
   * @throws PmfException naming it
   */
  public static void requireReplaceable(Path out) {
    requireReplaceable(out, out.toAbsolutePath().normalize());
  }

  private static void requireReplaceable(Path out, Path target) {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw PmfException.usage(out + ": is there already and no folder; choose another --out");
    }
    boolean earlier = Files.isRegularFile(target.resolve(Manifest.NAME));
    if (!earlier && !isEmpty(target)) {
      throw PmfException.usage(
          out + ": has files that are no export of a model; choose another --out");
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw FileErrors.cannotList(folder, e);
    }
  }

  /** Where files go until the folder is complete. */
  public Path path() {
    return staged;
  }

  /**
   * Gives the folder its name, in place of an earlier export.
   *
   * @throws PmfException if it cannot be moved; the earlier one is then back in its place
   */
  public void complete() {
    boolean earlier = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (earlier) {
      AtomicFile.move(target, replaced);
    }
    try {
      AtomicFile.move(staged, target);
    } catch (RuntimeException e) {
      if (earlier) {
        AtomicFile.move(replaced, target);
      }
      throw e;
    }
    remove(replaced);
  }

  /**
   * Removes what was put into it so far.
   *
   * @throws PmfException if that cannot be removed
   */
  public void clear() {
    remove(staged);
    AtomicFile.createFolders(staged);
  }

  /** Removes what was not completed. */
  @Override
  public void close() {
    remove(staged);
  }

  private static void remove(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
