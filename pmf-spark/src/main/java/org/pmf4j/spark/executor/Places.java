package org.pmf4j.spark.executor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.hub.EncoderLocation;
import org.pmf4j.hub.HubModel;
import org.pmf4j.spark.hadoop.HadoopFiles;
import org.pmf4j.spark.hadoop.LocalCopies;

/**
 * Models and encoders, wherever they are, as folders of this machine. Has no state: any thread may
 * call it.
 */
public final class Places {
  private Places() {}

  /**
   * The folder of an encoder or a model.
   *
   * @param place a folder of any Hadoop file system, or a name such as {@code hf:org/name}, which
   *     this machine's cache of the hub has
   * @throws org.pmf4j.api.error.PmfException if it cannot be read
   */
  public static Path local(String place, Configuration hadoop) {
    return HubModel.isName(place)
        ? EncoderLocation.directory(place)
        : LocalCopies.of(HadoopFiles.path(place), hadoop);
  }

  /** The same of several, by name, in order. */
  public static Map<String, Path> local(Map<String, String> places, Configuration hadoop) {
    Map<String, Path> all = new LinkedHashMap<>();
    places.forEach((name, place) -> all.put(name, local(place, hadoop)));
    return all;
  }
}
