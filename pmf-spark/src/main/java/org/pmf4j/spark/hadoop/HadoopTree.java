package org.pmf4j.spark.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.core.data.ContentHash;

/**
 * What was in a folder of a Hadoop file system when it was listed, or a single file. Immutable, so
 * that any number of threads may share it.
 *
 * @param files the file system
 * @param place the folder, or the file
 * @param passed names of folders in it that were passed over
 * @param all its files, by name
 */
record HadoopTree(FileSystem files, Path place, Set<String> passed, List<FileStatus> all) {
  /**
   * Lists what is there.
   *
   * @throws org.pmf4j.api.error.PmfException if there is nothing, or it cannot be read
   */
  static HadoopTree list(FileSystem files, Path place, Set<String> passed) {
    List<FileStatus> all = new ArrayList<>();
    try {
      list(files, place, passed, all);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(place, e);
    }
    all.sort(Comparator.comparing(FileStatus::getPath));
    return new HadoopTree(files, place, Set.copyOf(passed), List.copyOf(all));
  }

  private static void list(FileSystem files, Path folder, Set<String> passed, List<FileStatus> all)
      throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      if (status.isFile()) {
        all.add(status);
      } else if (!passed.contains(status.getPath().getName())) {
        list(files, status.getPath(), passed, all);
      }
    }
  }

  /** Whether it is a file. */
  boolean isFile() {
    return all.size() == 1 && all.get(0).getPath().equals(place);
  }

  /** Whether the same is there still. */
  boolean isCurrent() {
    return mark().equals(list(files, place, passed).mark());
  }

  /** Differs where names, lengths or times of files do. */
  String mark() {
    StringBuilder text = new StringBuilder(place.toString());
    for (FileStatus file : all) {
      text.append('\n').append(file.getPath());
      text.append('\t').append(file.getLen()).append('\t').append(file.getModificationTime());
    }
    return place.getName() + "-" + ContentHash.of(text.toString()).substring(0, 24);
  }

  /**
   * Copies all into a folder of this machine, which is made; a single file under its own name.
   *
   * @throws org.pmf4j.api.error.PmfException naming the file that cannot be read or written
   */
  void fetch(java.nio.file.Path to) {
    String base = (isFile() ? place.getParent() : place).toUri().getPath();
    AtomicFile.createFolders(to);
    for (FileStatus file : all) {
      String name = file.getPath().toUri().getPath().substring(base.length());
      java.nio.file.Path target = to.resolve(name.startsWith("/") ? name.substring(1) : name);
      AtomicFile.createFolders(target.getParent());
      try (var in = files.open(file.getPath())) {
        Files.copy(in, target);
      } catch (IOException | RuntimeException e) {
        throw HadoopErrors.cannotRead(file.getPath(), e);
      }
    }
  }
}
