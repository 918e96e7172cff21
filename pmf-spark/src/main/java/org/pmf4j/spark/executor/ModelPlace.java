package org.pmf4j.spark.executor;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.hub.HubModel;
import org.pmf4j.spark.hadoop.HadoopFiles;

/**
 * A saved model as a driver names it and every executor finds it. Immutable, so that any number of
 * threads may share it.
 *
 * @param place its folder on any Hadoop file system
 * @param encoders by name, where encoders are that are not where the model says
 * @param fingerprint of its configuration, which tells the checksums of all else
 */
public record ModelPlace(String place, Map<String, String> encoders, String fingerprint)
    implements Serializable {
  /** Copies the map. */
  public ModelPlace {
    encoders = Collections.unmodifiableMap(new LinkedHashMap<>(encoders));
  }

  /**
   * A model as the driver sees it.
   *
   * @param moved by name, where encoders are that have moved since training
   * @throws PmfException if there is no model
   */
  public static ModelPlace of(String place, Map<String, String> moved, Configuration hadoop) {
    org.apache.hadoop.fs.Path whole = HadoopFiles.qualified(HadoopFiles.path(place), hadoop);
    ModelDirectory directory = new ModelDirectory(Places.local(place, hadoop));
    Map<String, String> encoders = new LinkedHashMap<>(moved);
    for (AdapterConfig.Base base : directory.readConfig().encoders()) {
      boolean named = HadoopFiles.hasScheme(base.source());
      // What stands beside a model stands beside it there, and not beside its copies
      boolean beside =
          !HadoopFiles.isLocal(whole)
              && !HubModel.isName(base.source())
              && !base.source().startsWith("/");
      if (named || beside) {
        encoders.putIfAbsent(
            base.name(), new org.apache.hadoop.fs.Path(whole, base.source()).toString());
      }
    }
    return new ModelPlace(whole.toString(), encoders, Fingerprint.of(directory.config()));
  }

  /** What was saved of it. */
  public AdapterConfig config(Configuration hadoop) {
    return directory(hadoop).readConfig();
  }

  private ModelDirectory directory(Configuration hadoop) {
    return new ModelDirectory(Places.local(place, hadoop));
  }

  /**
   * Looks at it on an executor.
   *
   * @throws PmfException if it is another one there than the driver has seen, or one of its
   *     encoders is missing there or not the one that it was trained on
   */
  SavedModel open(Pmf pmf, Configuration hadoop) {
    ModelDirectory directory = directory(hadoop);
    Map<String, Path> moved = Places.local(encoders, hadoop);
    SavedModel saved = pmf.saved(directory.path(), moved);
    if (!Fingerprint.of(directory.config()).equals(fingerprint)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the model on this executor is another than the driver has; give all machines the"
                  + " same, or put it where all of them read it",
              directory.path()));
    }
    return saved;
  }
}
