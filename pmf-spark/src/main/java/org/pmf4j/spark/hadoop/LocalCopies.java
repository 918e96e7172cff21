package org.pmf4j.spark.hadoop;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * Folders and files of any Hadoop file system, on this machine: local ones are used where they are,
 * others are copied once. A copy is known by the names, lengths and times of the files that it was
 * made of, so that one is made anew where they have changed; processes of one machine share it, and
 * find it whole or not at all. Has no state: any thread may call it.
 */
public final class LocalCopies {
  /** The setting that says where copies lie; else {@code pmf-spark} in the temporary folder. */
  public static final String FOLDER = "spark.pmf.localDir";

  /** What a run goes on from, which is large, and which no model needs. */
  private static final Set<String> NOT_OF_A_MODEL = Set.of("checkpoints");

  /** How often files may change while they are copied, as where a run replaces its model. */
  private static final int ATTEMPTS = 5;

  private LocalCopies() {}

  /**
   * A folder or a file on this machine.
   *
   * @param place its name, with a scheme or of the default file system
   * @return of a local one itself, whether it exists or not; else the copy, of a file under the
   *     file's own name
   * @throws PmfException if it cannot be read, or the copy not be written
   */
  public static java.nio.file.Path of(Path place, Configuration hadoop) {
    Path whole = HadoopFiles.qualified(place, hadoop);
    if (HadoopFiles.isLocal(whole)) {
      return HadoopFiles.local(whole);
    }
    FileSystem files = HadoopFiles.system(whole, hadoop);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      HadoopTree tree = HadoopTree.list(files, whole, NOT_OF_A_MODEL);
      java.nio.file.Path copy = folder().resolve(tree.mark());
      if (Files.isDirectory(copy) || copied(tree, copy)) {
        return tree.isFile() ? copy.resolve(whole.getName()) : copy;
      }
    }
    throw PmfException.input(
        whole + ": its files change while they are copied; wait until they are written");
  }

  /**
   * A single file on this machine.
   *
   * @param place as above
   * @throws PmfException if it is a folder, or cannot be read
   */
  public static java.nio.file.Path ofFile(Path place, Configuration hadoop) {
    Path whole = HadoopFiles.qualified(place, hadoop);
    if (isFolder(HadoopFiles.system(whole, hadoop), whole)) {
      throw PmfException.input(whole + ": is a folder; name a single file");
    }
    return of(whole, hadoop);
  }

  private static boolean isFolder(FileSystem files, Path place) {
    try {
      return files.getFileStatus(place).isDirectory();
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(place, e);
    }
  }

  /** Where copies lie on this machine. */
  public static java.nio.file.Path folder() {
    SparkEnv env = SparkEnv.get();
    String chosen = env == null ? "" : env.conf().get(FOLDER, "");
    return chosen.isBlank()
        ? java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "pmf-spark")
        : java.nio.file.Path.of(chosen);
  }

  /** False where the files have changed meanwhile. */
  private static boolean copied(HadoopTree tree, java.nio.file.Path to) {
    java.nio.file.Path aside =
        to.resolveSibling(
            String.format(
                Locale.ROOT,
                ".%s.%d-%016x",
                to.getFileName(),
                ProcessHandle.current().pid(),
                ThreadLocalRandom.current().nextLong()));
    try {
      tree.fetch(aside);
      if (!tree.isCurrent()) {
        return false;
      }
      Files.move(aside, to);
      return true;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      return true; // another process of this machine has made the same
    } catch (IOException e) {
      throw FileErrors.cannotWrite(to, e);
    } catch (PmfException e) {
      if (tree.isCurrent()) {
        throw e;
      }
      return false;
    } finally {
      FileUtil.fullyDelete(aside.toFile());
    }
  }
}
