package org.pmf4j.core.encoder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.core.encoder.sentence.SentenceVector;
import org.pmf4j.core.plugin.PluginRegistry;

/**
 * An encoder as it is going to be used: its files, the family that reads them, and what was chosen.
 * Immutable, so that any number of threads may share it.
 *
 * @param directory its files
 * @param family that reads them
 * @param modality the kind of data that it reads
 * @param settings {@link #POOLING}, {@link #MODALITY} and those of the modality, complete
 * @param inFloat names in its files of the weights of linear layers that stay in single precision
 *     where others are in integers ({@link MatrixPrecision#INT8})
 */
public record EncoderSpec(
    EncoderDirectory directory,
    EncoderFamily family,
    Modality modality,
    Settings settings,
    Set<String> inFloat) {

  /** Copies the set. */
  public EncoderSpec {
    inFloat = Set.copyOf(inFloat);
  }

  /** Which encoder of a checkpoint that has one for each of several modalities. */
  public static final Setting<String> MODALITY =
      Setting.text(
          "modality",
          "auto",
          name -> name.isBlank() ? Optional.empty() : Optional.of(name),
          name -> name,
          "the name of a modality",
          "what it encodes, where a checkpoint has encoders for several kinds of data; auto is what"
              + " the encoder's name says");

  /** How the last states become one vector. */
  public static final Setting<PoolingChoice> POOLING =
      Setting.choice(
          "pooling",
          PoolingChoice.STATED,
          "how its last states become one vector: stated is what the checkpoint says, else the"
              + " family's");

  /** What may be chosen of every encoder. */
  public static final List<Setting<?>> SETTINGS = List.of(MODALITY, POOLING);

  /** What encoders did before they had settings. */
  private static final Map<String, Object> FORMER =
      Map.of(
          POOLING.name(),
          "family",
          "max-length",
          "longest",
          "prompt",
          "none",
          "letter-case",
          "tokenizer");

  /** Of checkpoints with encoders for several kinds of data, this one alone was read once. */
  private static final String FORMER_MODALITY = "image";

  /**
   * Finds the family of a directory and checks what was chosen.
   *
   * @param name of the encoder, which says what it encodes where its files leave that open; empty
   *     where it has none
   * @param chosen settings that differ from the defaults, by name: values or their texts
   * @throws PmfException if no family reads the {@code model_type}, naming those that are known; if
   *     several do and none was chosen; for an unknown setting or a value out of range
   */
  public static EncoderSpec of(
      PluginRegistry plugins, String name, EncoderDirectory directory, Map<String, ?> chosen) {
    Object asked = chosen.get(MODALITY.name());
    String modality = asked == null ? MODALITY.standard() : asked.toString();
    return of(plugins, name, family(plugins, name, directory, modality), directory, chosen);
  }

  /**
   * The same of an encoder of which all that is known is what was usual before encoders had
   * settings.
   */
  public static EncoderSpec former(
      PluginRegistry plugins, String name, EncoderDirectory directory) {
    boolean open = directory.families(plugins).size() > 1;
    EncoderFamily family =
        family(plugins, name, directory, open ? FORMER_MODALITY : MODALITY.standard());
    Map<String, Object> known = new LinkedHashMap<>(FORMER);
    Set<String> declared = new HashSet<>();
    declared(plugins.modalities().get(family.modality())).forEach(s -> declared.add(s.name()));
    known.keySet().retainAll(declared);
    return of(plugins, name, family, directory, known);
  }

  /** An encoder for inputs that were preprocessed elsewhere: its modality refuses work. */
  static EncoderSpec withoutModality(
      PluginRegistry plugins, String name, EncoderDirectory directory, Map<String, ?> chosen) {
    Object asked = chosen.get(MODALITY.name());
    String wanted = asked == null ? MODALITY.standard() : asked.toString();
    EncoderFamily family = family(plugins, name, directory, wanted);
    return of(name, family, new NoModality(family.modality()), directory, chosen);
  }

  private static EncoderSpec of(
      PluginRegistry plugins,
      String name,
      EncoderFamily family,
      EncoderDirectory directory,
      Map<String, ?> chosen) {
    return of(name, family, plugins.modalities().get(family.modality()), directory, chosen);
  }

  private static EncoderSpec of(
      String name,
      EncoderFamily family,
      Modality modality,
      EncoderDirectory directory,
      Map<String, ?> chosen) {
    Settings settings = settings(name, family, declared(modality), chosen);
    EncoderSpec spec = new EncoderSpec(directory, family, modality, settings, Set.of());
    spec.vector(); // refuses modules that are not read, before any work
    return spec;
  }

  private static List<Setting<?>> declared(Modality modality) {
    List<Setting<?>> all = new ArrayList<>(SETTINGS);
    all.addAll(modality.settings());
    return all;
  }

  private static Settings settings(
      String name, EncoderFamily family, List<Setting<?>> declared, Map<String, ?> chosen) {
    return Settings.defaults(owner(name), declared)
        .with(chosen)
        .with(Map.of(MODALITY.name(), family.modality()));
  }

  private static EncoderFamily family(
      PluginRegistry plugins, String name, EncoderDirectory directory, String modality) {
    Map<String, EncoderFamily> families = directory.families(plugins);
    boolean open = modality.equals(MODALITY.standard());
    if (open && families.size() == 1) {
      return families.values().iterator().next();
    }
    EncoderFamily family = families.get(open ? name : modality);
    if (family == null) {
      String several =
          String.format(
              Locale.ROOT,
              "%s: a %s encodes %s; ",
              directory.path(),
              Quoted.of(directory.modelType()),
              String.join(" or ", families.keySet()));
      throw PmfException.usage(
          several
              + (open
                  ? undecided(name, families.keySet().iterator().next())
                  : owner(name) + " cannot be of another modality"));
    }
    return family;
  }

  private static String undecided(String name, String one) {
    String alone = "--encoder-setting modality=" + one;
    return String.format(
        Locale.ROOT,
        "say which of them %s is to be by its setting modality: %s",
        owner(name),
        name.isEmpty()
            ? alone
            : String.format(
                Locale.ROOT,
                "--encoder-setting %s.modality=%s, in pmf encode %s",
                Quote.name(name),
                one,
                alone));
  }

  private static String owner(String name) {
    return name.isEmpty() ? "the encoder" : "encoder " + Quote.name(name);
  }

  /** The same with other layers in single precision where others are in integers. */
  public EncoderSpec keepingInFloat(Set<String> weights) {
    return new EncoderSpec(directory, family, modality, settings, weights);
  }

  /** What config.json says of it, where that tells of several encoders. */
  public EncoderConfig config() {
    return family.part(directory.config());
  }

  /** Where its files are. */
  public Path path() {
    return directory.path();
  }

  /**
   * True for the fingerprint of its files, and, where it is used as was usual before encoders had
   * settings, also for one that was taken then.
   *
   * @param saved in a model or a checkpoint
   */
  public boolean isKnownAs(String saved) {
    return directory.fingerprint().equals(saved) || isFormer() && directory.isKnownAs(saved);
  }

  private boolean isFormer() {
    Map<String, Object> all = settings.toMap();
    return FORMER.entrySet().stream()
        .allMatch(e -> e.getValue().equals(all.getOrDefault(e.getKey(), e.getValue())));
  }

  /** How the modules beside the encoder make its vector, where they are to. */
  Optional<SentenceVector> vector() {
    return settings.get(POOLING) == PoolingChoice.STATED
        ? SentenceVector.of(directory.folder())
        : Optional.empty();
  }

  /**
   * The preprocessing that belongs to it.
   *
   * @return which the caller closes
   * @throws PmfException if its files are missing or broken, or a setting does not go with them
   */
  Preprocessor preprocessor() {
    return modality.preprocessor(directory.files(), directory.modelType(), settings);
  }
}
