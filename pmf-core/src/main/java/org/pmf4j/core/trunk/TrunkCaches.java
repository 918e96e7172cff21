package org.pmf4j.core.trunk;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;

/**
 * Finds caches of trunk outputs, and removes them. What is one is told by names that nothing else
 * has: of the folder, of those in it and of the entries. Nothing that has another name is touched,
 * and no symbolic link is followed. Has no state: any thread may call it.
 */
public final class TrunkCaches {
  /** As {@link CachedTrunks} names them. */
  private static final Pattern FOLDER =
      Pattern.compile("[^/]+-[0-9a-f]{24}-layer\\d+-fp(32|16)(-bf16)?(-attention)?");

  /** The first two digits of a sample's hash, and all others. */
  private static final Pattern PART = Pattern.compile("[0-9a-f]{2}");

  private static final Pattern ENTRY = Pattern.compile("[0-9a-f]{62}");

  private TrunkCaches() {}

  /**
   * All caches in a folder, at any depth, or the folder itself.
   *
   * @return by path; empty where there is no such folder
   * @throws PmfException if it cannot be read
   */
  public static List<TrunkCache> below(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<TrunkCache> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root.toRealPath(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              if (!FOLDER.matcher(folder.getFileName() + "").matches()) {
                return FileVisitResult.CONTINUE;
              }
              found.add(look(folder, attributes));
              return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // not ours to read, so not ours
            }
          });
    } catch (IOException e) {
      throw FileErrors.cannotRead(root, e);
    }
    found.sort(Comparator.comparing(TrunkCache::folder));
    return List.copyOf(found);
  }

  private static TrunkCache look(Path folder, BasicFileAttributes attributes) throws IOException {
    Tally tally = new Tally(folder);
    Files.walkFileTree(folder, tally);
    Instant made = tally.entries == 0 ? attributes.lastModifiedTime().toInstant() : tally.oldest;
    Instant used = tally.entries == 0 ? made : tally.newest;
    Path told = folder.resolve(CacheUse.NAME);
    String encoder = folder.getFileName().toString().replaceFirst("-[0-9a-f]{24}-layer.*", "");
    try {
      String text = CacheUse.encoder(folder);
      Instant begun = Files.getLastModifiedTime(told).toInstant();
      used = begun.isAfter(used) ? begun : used;
      encoder = text.isBlank() ? encoder : text;
    } catch (IOException e) {
      // Of an earlier version, which wrote no such file
    }
    return new TrunkCache(folder, encoder, tally.entries, tally.bytes, made, used);
  }

  /**
   * Removes a cache that no run uses. What is in its folder and is not the cache's stays, and the
   * folder with it.
   *
   * @return false if it is in use, and all of it stays
   * @throws PmfException if something of it cannot be removed
   */
  public static boolean remove(TrunkCache cache) {
    Path folder = cache.folder();
    try {
      boolean alone = CacheUse.alone(folder, () -> removeAll(folder));
      if (alone) {
        removeIfEmpty(folder);
      }
      return alone;
    } catch (NoSuchFileException e) {
      return true; // somebody else has removed it
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  private static void removeAll(Path folder) throws IOException {
    for (Path part : list(folder)) {
      if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS) && isNamed(part, PART)) {
        for (Path file : list(part)) {
          if (isOurs(file)) {
            Files.deleteIfExists(file);
          }
        }
        removeIfEmpty(part);
      } else if (AtomicFile.isTemporary(part)) {
        Files.deleteIfExists(part);
      }
    }
    Files.deleteIfExists(folder.resolve(CacheUse.NAME));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private static boolean isOurs(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && (isNamed(file, ENTRY) || AtomicFile.isTemporary(file));
  }

  private static boolean isNamed(Path file, Pattern name) {
    return name.matcher(file.getFileName().toString()).matches();
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Something of somebody else's is in it
    }
  }

  /** Counts entries. */
  private static final class Tally extends SimpleFileVisitor<Path> {
    private final Path folder;
    private long entries;
    private long bytes;
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;

    Tally(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bytes += attributes.size();
        Path part = folder.relativize(file);
        if (part.getNameCount() == 2 && isNamed(file, ENTRY)) {
          Instant written = attributes.lastModifiedTime().toInstant();
          entries++;
          oldest = written.isBefore(oldest) ? written : oldest;
          newest = written.isAfter(newest) ? written : newest;
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // removed meanwhile
    }
  }
}
