package org.pmf4j.spark.hadoop;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.data.ContentHash;

/**
 * Folders of any Hadoop file system, on this machine: a local one is used where it is, others are
 * copied once. A copy is known by the names, lengths and times of the files that it was made of, so
 * that one is made anew where they have changed; processes of one machine share it, and find it
 * whole or not at all. Has no state: any thread may call it.
 */
public final class LocalCopies {
  /** The setting that says where copies lie; else {@code pmf-spark} in the temporary folder. */
  public static final String FOLDER = "spark.pmf.localDir";

  /** What a run goes on from, which is large, and which no model needs. */
  private static final String CHECKPOINTS = "checkpoints";

  private LocalCopies() {}

  /**
   * A folder on this machine.
   *
   * @param place its name, with a scheme or of the default file system
   * @return of a local folder itself, whether it exists or not; else the copy
   * @throws org.pmf4j.api.error.PmfException if the folder cannot be read, or the copy not be
   *     written
   */
  public static java.nio.file.Path of(Path place, Configuration hadoop) {
    Path whole = HadoopFiles.qualified(place, hadoop);
    if (HadoopFiles.isLocal(whole)) {
      return HadoopFiles.local(whole);
    }
    FileSystem files = HadoopFiles.system(whole, hadoop);
    List<FileStatus> all = listed(files, whole);
    java.nio.file.Path copy = folder().resolve(name(whole, all));
    if (!Files.isDirectory(copy)) {
      copy(files, whole, all, copy);
    }
    return copy;
  }

  /** Where copies lie on this machine. */
  public static java.nio.file.Path folder() {
    SparkEnv env = SparkEnv.get();
    String chosen = env == null ? "" : env.conf().get(FOLDER, "");
    return chosen.isBlank()
        ? java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "pmf-spark")
        : java.nio.file.Path.of(chosen);
  }

  private static List<FileStatus> listed(FileSystem files, Path folder) {
    List<FileStatus> all = new ArrayList<>();
    try {
      list(files, folder, all);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(folder, e);
    }
    all.sort(Comparator.comparing(FileStatus::getPath));
    return all;
  }

  private static void list(FileSystem files, Path folder, List<FileStatus> all) throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      if (status.isFile()) {
        all.add(status);
      } else if (!status.getPath().getName().equals(CHECKPOINTS)) {
        list(files, status.getPath(), all);
      }
    }
  }

  private static String name(Path folder, List<FileStatus> files) {
    StringBuilder text = new StringBuilder(folder.toString());
    for (FileStatus file : files) {
      text.append('\n').append(file.getPath());
      text.append('\t').append(file.getLen()).append('\t').append(file.getModificationTime());
    }
    return folder.getName() + "-" + ContentHash.of(text.toString()).substring(0, 24);
  }

  private static void copy(
      FileSystem files, Path from, List<FileStatus> all, java.nio.file.Path to) {
    java.nio.file.Path aside =
        to.resolveSibling(
            String.format(
                Locale.ROOT,
                ".%s.%d-%016x",
                to.getFileName(),
                ProcessHandle.current().pid(),
                ThreadLocalRandom.current().nextLong()));
    try {
      for (FileStatus file : all) {
        String name = from.toUri().relativize(file.getPath().toUri()).getPath();
        java.nio.file.Path target = aside.resolve(name);
        AtomicFile.createFolders(target.getParent());
        fetch(files, file.getPath(), target);
      }
      AtomicFile.createFolders(aside);
      Files.move(aside, to);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      return; // another process of this machine has made the same
    } catch (IOException e) {
      throw FileErrors.cannotWrite(to, e);
    } finally {
      FileUtil.fullyDelete(aside.toFile());
    }
  }

  private static void fetch(FileSystem files, Path from, java.nio.file.Path to) {
    try (var in = files.open(from)) {
      Files.copy(in, to);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(from, e);
    }
  }
}
