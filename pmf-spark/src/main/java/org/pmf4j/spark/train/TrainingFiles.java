package org.pmf4j.spark.train;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.spark.hadoop.DriverPlace;
import org.pmf4j.spark.hadoop.HadoopCellFiles;
import org.pmf4j.spark.hadoop.HadoopFile;
import org.pmf4j.spark.hadoop.LocalCopies;

/**
 * What a run reads and writes: on the driver's disk, or on any Hadoop file system where the name
 * has a scheme. Immutable, so that any number of threads may share it.
 *
 * @param data the table
 * @param validation the table that chooses the best epoch; empty for a part of the other
 * @param out the model's folder
 */
public record TrainingFiles(String data, Optional<String> validation, String out) {
  /**
   * A table on the driver's disk, copied there if it is elsewhere; files that its cells name stay
   * where they are.
   *
   * @param shown gets the copy's name
   * @throws org.pmf4j.api.error.PmfException if it cannot be read
   */
  static TableLocation table(String name, Configuration hadoop, ShownNames shown) {
    DriverPlace place = DriverPlace.of(name, hadoop);
    if (place instanceof DriverPlace.Far far) {
      Path folder = far.path().getParent();
      java.nio.file.Path copy = LocalCopies.ofFile(far.path(), hadoop);
      shown.add(copy, far.toString());
      return TableLocation.of(copy)
          .naming(HadoopCellFiles.in(folder.toString(), hadoop, HadoopFile::stored));
    }
    TableLocation table = TableLocation.of(((DriverPlace.Near) place).path());
    return table.naming(HadoopCellFiles.in(table.folder(), hadoop, HadoopFile::stored));
  }
}
