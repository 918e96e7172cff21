package org.pmf4j.spark.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.file.FolderLock;

/**
 * A folder of a Hadoop file system that is made equal, again and again, to one of this machine.
 *
 * <p>It changes as a whole, whatever is killed, also where the file system cannot replace a file in
 * one step. What has changed is written to the folder {@code .staged} in it first, and then a small
 * file that names it all: from then on what stands there counts, and each file takes its place
 * behind that. Whoever comes next brings to its end what was named, and forgets what was not. The
 * configuration of a model is staged and moved last, as {@link org.pmf4j.core.model.ModelDirectory}
 * has it, so that its readers find one model or the other.
 *
 * <p>For one thread at a time, and for one writer.
 */
public final class PublishedFolder {
  private static final String STAGED = ".staged";
  private static final String CHANGE = "change";
  private static final String LAST = "adapter_config.json";

  private final FileSystem files;
  private final Path folder;
  private Map<String, Stamp> published = Map.of();

  /** By which a file is known that has not changed. */
  private record Stamp(long length, FileTime time, Object key) {}

  /**
   * A folder, which may not be there yet.
   *
   * @throws PmfException if its file system cannot be reached
   */
  public PublishedFolder(Path folder, Configuration hadoop) {
    this.folder = HadoopFiles.qualified(folder, hadoop);
    this.files = HadoopFiles.system(this.folder, hadoop);
  }

  /**
   * Brings all of it down.
   *
   * @param to a folder of this machine, which is made
   * @throws PmfException naming what cannot be read or written
   */
  public void fetch(java.nio.file.Path to) {
    finish();
    AtomicFile.createFolders(to);
    if (exists(folder)) {
      HadoopTree.list(files, folder, Set.of()).fetch(to);
    }
    published = stamps(to);
  }

  /**
   * Finds out whether it can be written to, before long work.
   *
   * @throws PmfException if it cannot
   */
  public void requireWritable() {
    boolean there = exists(folder);
    try {
      makeFolder(new Path(folder, STAGED));
      discard();
      if (!there) {
        files.delete(folder, false);
      }
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotWrite(folder, e);
    }
  }

  /**
   * Takes over what has changed on this machine since the last time.
   *
   * @param from the folder that {@link #fetch} filled
   * @throws PmfException naming what cannot be written; the folder is then as it was, or will be as
   *     it ought to be when it is fetched
   */
  public void publish(java.nio.file.Path from) {
    Map<String, Stamp> now = stamps(from);
    FolderChange change = change(now);
    if (change.isEmpty()) {
      return;
    }
    finish();
    try {
      for (String name : change.written().keySet()) {
        stage(name, from.resolve(name));
      }
      try (var out = files.create(staged(CHANGE), true)) {
        out.write(change.text().getBytes(StandardCharsets.UTF_8));
      }
      apply(change);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotWrite(folder, e);
    }
    published = now;
  }

  private FolderChange change(Map<String, Stamp> now) {
    Map<String, Long> written = new LinkedHashMap<>();
    Comparator<String> order = Comparator.comparing(LAST::equals);
    now.keySet().stream()
        .filter(name -> !now.get(name).equals(published.get(name)))
        .sorted(order)
        .forEach(name -> written.put(name, now.get(name).length()));
    List<String> removed = new ArrayList<>(published.keySet());
    removed.removeAll(now.keySet());
    return new FolderChange(written, removed);
  }

  private void stage(String name, java.nio.file.Path from) throws IOException {
    if (name.equals(LAST)) {
      // Others look for it there, and must not find half of it
      HadoopWriting.write(files, staged(name), out -> Files.copy(from, out));
      return;
    }
    try (var out = files.create(staged(name), true)) {
      Files.copy(from, out);
    }
  }

  /** Brings to its end what a writer that was killed has begun, or forgets it. */
  private void finish() {
    Optional<FolderChange> begun = begun();
    try {
      if (begun.isPresent()) {
        apply(begun.get());
      } else {
        discard();
      }
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotWrite(folder, e);
    }
  }

  private Optional<FolderChange> begun() {
    try (var in = files.open(staged(CHANGE))) {
      return FolderChange.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(folder, e);
    }
  }

  /** May be done again from its beginning: what has its place already is not staged any more. */
  private void apply(FolderChange change) throws IOException {
    for (String name : change.removed()) {
      files.delete(new Path(folder, name), false);
    }
    for (Map.Entry<String, Long> file : change.written().entrySet()) {
      Path target = new Path(folder, file.getKey());
      if (files.exists(staged(file.getKey()))) {
        files.delete(target, false);
        makeFolder(target.getParent());
        rename(staged(file.getKey()), target);
      }
      if (files.getFileStatus(target).getLen() != file.getValue()) {
        throw PmfException.input(target + ": is not what a run has written there; it was changed");
      }
    }
    discard();
  }

  private void makeFolder(Path made) throws IOException {
    if (!files.mkdirs(made)) {
      throw new IOException("the file system makes no folder " + made);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("the file system does not rename what was written");
    }
  }

  /** What makes the others count goes first. */
  private void discard() throws IOException {
    files.delete(staged(CHANGE), false);
    files.delete(staged(LAST), false);
    files.delete(new Path(folder, STAGED), true);
  }

  private Path staged(String name) {
    return new Path(folder, STAGED + "/" + name);
  }

  private boolean exists(Path file) {
    try {
      return files.exists(file);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(file, e);
    }
  }

  private static Map<String, Stamp> stamps(java.nio.file.Path folder) {
    Map<String, Stamp> all = new TreeMap<>();
    try (Stream<java.nio.file.Path> inside = Files.walk(folder)) {
      for (java.nio.file.Path file : inside.filter(Files::isRegularFile).toList()) {
        if (!AtomicFile.isTemporary(file) && !FolderLock.isLockFile(file)) {
          BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
          all.put(
              folder.relativize(file).toString().replace('\\', '/'),
              new Stamp(is.size(), is.lastModifiedTime(), is.fileKey()));
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.cannotRead(folder, e.getCause());
    }
    return all;
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
