package org.pmf4j.spark.train;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.core.data.ContentHash;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.file.FolderRemoval;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.spark.hadoop.DriverPlace;
import org.pmf4j.spark.hadoop.LocalCopies;
import org.pmf4j.spark.hadoop.PublishedFolder;

/**
 * The folder that the driver trains in: the run's own where that is on its disk, else a copy, of
 * which each checkpoint is published before the next step. A copy goes with the run: what was
 * published is what any driver goes on with. For one thread at a time.
 */
interface WorkingFolder extends AutoCloseable {
  /** On this machine. */
  Path path();

  /**
   * Takes what is new to where the run belongs.
   *
   * @throws org.pmf4j.api.error.PmfException if it cannot be written there
   */
  void publish();

  /** Publishes each checkpoint. */
  default TrainingListener publishing() {
    return new TrainingListener() {
      @Override
      public void saved(Path checkpoint) {
        publish();
      }

      @Override
      public void epochEnded(Epoch epoch) {
        // Its checkpoint comes next
      }
    };
  }

  @Override
  void close();

  /**
   * Opens a run's folder.
   *
   * @param shown gets a copy's name
   * @throws org.pmf4j.api.error.PmfException if it cannot be read or written, or another run of
   *     this machine has it
   */
  static WorkingFolder open(DriverPlace out, Configuration hadoop, ShownNames shown) {
    return out instanceof DriverPlace.Far far
        ? Copy.of(far, hadoop, shown)
        : new Own(((DriverPlace.Near) out).path());
  }

  /** The run's own. */
  record Own(Path path) implements WorkingFolder {
    @Override
    public void publish() {
      // It is there
    }

    @Override
    public void close() {
      // It stays
    }
  }

  /** A copy. */
  record Copy(Path path, PublishedFolder origin, FolderLock lock) implements WorkingFolder {
    private static final int DIGITS = 24;

    static Copy of(DriverPlace.Far out, Configuration hadoop, ShownNames shown) {
      String name = out.path().getName();
      String mark = ContentHash.of(out.toString()).substring(0, DIGITS);
      Path folder = LocalCopies.folder().resolve("runs").resolve(name + "-" + mark);
      FolderLock lock = FolderLock.take(folder);
      Copy copy = new Copy(folder.resolve("run"), new PublishedFolder(out.path(), hadoop), lock);
      shown.add(copy.path(), out.toString());
      try {
        FolderRemoval.remove(copy.path()); // of a driver that was killed
        copy.origin().requireWritable();
        copy.origin().fetch(copy.path());
        return copy;
      } catch (RuntimeException | Error e) {
        copy.close();
        throw e;
      }
    }

    @Override
    public void publish() {
      origin.publish(path);
    }

    @Override
    public void close() {
      try {
        FolderRemoval.remove(path);
      } finally {
        lock.close();
      }
    }
  }
}
