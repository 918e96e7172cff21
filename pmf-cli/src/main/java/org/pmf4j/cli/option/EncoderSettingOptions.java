package org.pmf4j.cli.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import picocli.CommandLine.Option;

/** What is chosen of several encoders. For one thread at a time. */
public final class EncoderSettingOptions {
  private static final char END_OF_NAME = '.';

  @Option(
      names = "--encoder-setting",
      paramLabel = "NAME.SETTING=VALUE",
      description =
          "how an encoder is used, such as text.max-length=128 or text.pooling=mean; 'pmf plugins'"
              + " lists the settings")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * The settings that were given, by encoder and then by name.
   *
   * @throws PmfException for one that names no encoder
   */
  Map<String, Map<String, String>> byEncoder() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    settings.forEach(
        (place, value) -> {
          int dot = place.indexOf(END_OF_NAME);
          if (dot < 1) {
            throw PmfException.usage(
                "--encoder-setting is NAME.SETTING=VALUE, such as text.pooling=mean; got "
                    + Quote.value(place + "=" + value));
          }
          all.computeIfAbsent(place.substring(0, dot), encoder -> new LinkedHashMap<>())
              .put(place.substring(dot + 1), value);
        });
    return Collections.unmodifiableMap(all);
  }
}
