package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.hub.EncoderLocation;

/**
 * Where users say that encoders are: directories, or models of the hub that are in its cache. Has
 * no state: any thread may call it.
 */
public final class EncoderPlace {
  /** What options say that take one. */
  public static final String HELP =
      "an encoder as save_pretrained writes it, or hf:ORG/NAME[@REVISION][//FOLDER], which 'pmf"
          + " fetch' has fetched";

  private EncoderPlace() {}

  /**
   * The directories of encoders.
   *
   * @param places by modality, in order
   * @throws org.pmf4j.api.error.PmfException for a model that the hub's cache has not all of
   */
  public static Map<String, Path> directories(Map<String, String> places) {
    Map<String, Path> all = new LinkedHashMap<>();
    places.forEach((name, place) -> all.put(name, EncoderLocation.directory(place)));
    return Collections.unmodifiableMap(all);
  }
}
