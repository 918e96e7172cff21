package org.pmf4j.spark.hadoop;

import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.CellFiles;

/**
 * Files that cells name on any Hadoop file system; those of this machine are named as tables on it
 * name them. Several threads may use it at once.
 */
public final class HadoopCellFiles implements CellFiles {
  private static final java.nio.file.Path HERE = java.nio.file.Path.of("");

  private final Optional<Path> far;
  private final Optional<java.nio.file.Path> near;
  private final Configuration hadoop;
  private final Function<HadoopFile, Source> as;

  private HadoopCellFiles(
      Optional<Path> far,
      Optional<java.nio.file.Path> near,
      Configuration hadoop,
      Function<HadoopFile, Source> as) {
    this.far = far;
    this.near = near;
    this.hadoop = hadoop;
    this.as = as;
  }

  /**
   * Files of which relative names start in a folder of any Hadoop file system.
   *
   * @param folder its name; empty for the user's folder of the default file system
   * @param as what becomes of a file that is not of this machine
   * @throws org.pmf4j.api.error.PmfException if there is no such file system
   */
  public static HadoopCellFiles in(
      String folder, Configuration hadoop, Function<HadoopFile, Source> as) {
    if (folder.isEmpty()) {
      return new HadoopCellFiles(Optional.empty(), Optional.empty(), hadoop, as);
    }
    Path whole = HadoopFiles.qualified(HadoopFiles.path(folder), hadoop);
    return HadoopFiles.isLocal(whole)
        ? in(HadoopFiles.local(whole), hadoop, as)
        : new HadoopCellFiles(Optional.of(whole), Optional.empty(), hadoop, as);
  }

  /** Files of which relative names start in a folder of this machine. */
  public static HadoopCellFiles in(
      java.nio.file.Path folder, Configuration hadoop, Function<HadoopFile, Source> as) {
    return new HadoopCellFiles(Optional.empty(), Optional.of(folder), hadoop, as);
  }

  @Override
  public java.nio.file.Path folder() {
    return near.orElse(HERE);
  }

  @Override
  public Source source(Modality modality, String cell) {
    Source plain = modality.parse(cell, folder());
    boolean here = near.isPresent() && !HadoopFiles.hasScheme(cell);
    if (here || !(plain instanceof Source.File)) {
      return plain;
    }
    Path named = HadoopFiles.path(cell);
    Path file = HadoopFiles.qualified(far.map(f -> new Path(f, named)).orElse(named), hadoop);
    return HadoopFiles.isLocal(file)
        ? modality.parse(HadoopFiles.local(file).toString(), HERE)
        : as.apply(new HadoopFile(file, hadoop));
  }
}
