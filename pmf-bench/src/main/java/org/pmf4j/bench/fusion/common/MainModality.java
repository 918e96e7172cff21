package org.pmf4j.bench.fusion.common;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;

/**
 * The modality into whose encoder a method brings what the others know: the setting {@code main}.
 *
 * @param method the method's name, for messages
 * @param name the modality
 * @param others the other modalities, in their order
 */
public record MainModality(String method, String name, List<String> others) {
  /** The setting's name. */
  public static final String KEY = "main";

  /** {@code text} where there is such a modality, else the one that was named last. */
  public static final String AUTO = "auto";

  /**
   * Reads the setting.
   *
   * @throws PmfException if there are fewer than two encoders, or it names none of them
   */
  public static MainModality of(MethodSettings settings, Named<Encoder> encoders) {
    EncoderCount.requireSeveral(settings.method(), encoders);
    List<String> names = new ArrayList<>(encoders.names());
    String name = settings.text(KEY);
    if (name.equals(AUTO)) {
      name = encoders.has("text") ? "text" : names.get(names.size() - 1);
    }
    if (!names.remove(name)) {
      throw PmfException.usage(
          "main of %s names the unknown modality '%s'; there are: %s"
              .formatted(settings.method(), name, String.join(", ", encoders.names())));
    }
    return new MainModality(settings.method(), name, List.copyOf(names));
  }

  /**
   * The main modality's tokens.
   *
   * @throws PmfException if the samples lack them: the others have no classifier of their own
   */
  public Tokens tokens(Named<Tokens> trunk) {
    if (!trunk.has(name)) {
      throw PmfException.input(
          ("%s needs %s, its main modality, in every row; fill it in, choose another by --set"
                  + " main=NAME, or train without modality dropout")
              .formatted(method, name));
    }
    return trunk.get(name);
  }

  /** The other modalities that the samples have. */
  public List<String> othersIn(Named<Tokens> trunk) {
    return others.stream().filter(trunk::has).toList();
  }
}
