package org.pmf4j.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.table.TableFormat;

/**
 * All that plugins bring, by name: those of the class path, and those of a folder. A name that two
 * plugins of the class path claim is an error. Several threads may use it at once.
 */
public final class PluginRegistry implements AutoCloseable {
  /** What pmf-methods offers, which may be left out. */
  private static final List<String> METHODS =
      List.of("linear-probe", "unimodal", "late-concat", "mmbt", "mbt", "prompt-fuse", "mope");

  private final List<PmfPlugin> plugins;
  private final PluginFolder folder;
  private final Catalog<BackendFactory> backends;
  private final Catalog<Modality> modalities;
  private final EncoderFamilies families;
  private final Catalog<FusionMethod> methods;
  private final Catalog<TableFormat> tableFormats;

  /**
   * Registers plugins.
   *
   * @throws PmfException if two of them claim one name
   */
  public PluginRegistry(List<PmfPlugin> plugins) {
    this(plugins, PluginFolder.none());
  }

  private PluginRegistry(List<PmfPlugin> plugins, PluginFolder folder) {
    this.folder = folder;
    this.plugins = plugins.stream().sorted(Comparator.comparing(PmfPlugin::name)).toList();
    this.backends =
        new Catalog<>(
            "backend",
            this.plugins,
            PmfPlugin::backends,
            BackendFactory::name,
            Map.of(
                "djl", "org.pmf4j:pmf-backend-djl",
                "ort", "org.pmf4j:pmf-backend-ort",
                "tf", "org.pmf4j:pmf-backend-tf"));
    this.modalities =
        new Catalog<>(
            "modality",
            this.plugins,
            PmfPlugin::modalities,
            Modality::name,
            Map.of(
                "image", "org.pmf4j:pmf-modalities",
                "text", "org.pmf4j:pmf-modalities",
                "audio", "org.pmf4j:pmf-modalities",
                "video", "org.pmf4j:pmf-modalities",
                "tabular", "org.pmf4j:pmf-modalities"));
    this.families = new EncoderFamilies(this.plugins);
    this.methods =
        new Catalog<>(
            "fusion method",
            this.plugins,
            PmfPlugin::fusionMethods,
            FusionMethod::name,
            METHODS.stream().collect(Collectors.toMap(m -> m, m -> "org.pmf4j:pmf-methods")));
    this.tableFormats =
        new Catalog<>(
            "table format",
            this.plugins,
            PmfPlugin::tableFormats,
            TableFormat::name,
            Map.of("parquet", "org.pmf4j:pmf-duckdb", "duckdb", "org.pmf4j:pmf-duckdb"));
  }

  /**
   * Finds the plugins that the class loader sees.
   *
   * @throws PmfException if one of them cannot be loaded
   */
  public static PluginRegistry discover(ClassLoader loader) {
    return new PluginRegistry(onClassPath(loader));
  }

  /**
   * Finds the plugins that the class loader sees, and those of a folder: {@code folder/*.jar}, and
   * {@code folder/name/*.jar} for a plugin with libraries. Each has a class loader of its own,
   * which sees {@code pmf-api} and the JDK. A jar that is broken, does not fit or claims a name
   * that is taken is left out: {@link #problems} and the log say why.
   *
   * @return a registry which the caller closes, after all that came out of it
   * @throws PmfException if a plugin of the class path cannot be loaded, or there is no such folder
   */
  public static PluginRegistry discover(ClassLoader loader, Path folder) {
    List<PmfPlugin> all = new ArrayList<>(onClassPath(loader));
    PluginFolder loaded = PluginFolder.load(folder, all);
    all.addAll(loaded.plugins());
    return new PluginRegistry(all, loaded);
  }

  private static List<PmfPlugin> onClassPath(ClassLoader loader) {
    List<PmfPlugin> found = new ArrayList<>();
    try {
      ServiceLoader.load(PmfPlugin.class, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new PmfException(
          ErrorKind.ENVIRONMENT, "a plugin cannot be loaded: " + e.getMessage(), e);
    }
    return found;
  }

  /** The plugins, by name. */
  public List<PmfPlugin> plugins() {
    return plugins;
  }

  /** The jar that a plugin came from, or the folder of its jars; none for the class path. */
  public Optional<Path> origin(PmfPlugin plugin) {
    return plugin instanceof LoadedPlugin foreign
        ? Optional.of(foreign.origin())
        : Optional.empty();
  }

  /** What was left out of the folder and why, a line each. */
  public List<String> problems() {
    return folder.problems();
  }

  /** Closes the class loaders of the folder's plugins; nothing more can be loaded by them. */
  @Override
  public void close() {
    folder.close();
  }

  /** Compute backends. */
  public Catalog<BackendFactory> backends() {
    return backends;
  }

  /** Kinds of data. */
  public Catalog<Modality> modalities() {
    return modalities;
  }

  /** Kinds of encoders, by {@code model_type} and modality. */
  public EncoderFamilies encoderFamilies() {
    return families;
  }

  /** Ways to fuse. */
  public Catalog<FusionMethod> fusionMethods() {
    return methods;
  }

  /** Formats of tables, beside CSV and JSON. */
  public Catalog<TableFormat> tableFormats() {
    return tableFormats;
  }

  /**
   * Offers of one kind by name.
   *
   * @param <T> what is offered
   */
  public static final class Catalog<T> {
    private final String kind;
    private final Map<String, T> offers = new LinkedHashMap<>();
    private final Map<String, String> artifacts;

    Catalog(
        String kind,
        List<PmfPlugin> plugins,
        Function<PmfPlugin, List<? extends T>> offered,
        Function<T, String> name,
        Map<String, String> artifacts) {
      this.kind = kind;
      this.artifacts = artifacts;
      Map<String, String> owners = new LinkedHashMap<>();
      for (PmfPlugin p : plugins) {
        for (T offer : offered.apply(p)) {
          String key = name.apply(offer);
          String other = owners.put(key, p.name());
          if (other != null) {
            throw new PmfException(
                ErrorKind.ENVIRONMENT,
                String.format(
                    Locale.ROOT,
                    "%s '%s' is offered by two plugins, %s and %s; remove one of their jars",
                    kind,
                    key,
                    other,
                    p.name()),
                null);
          }
          offers.put(key, offer);
        }
      }
    }

    /** All offers by name. */
    public Map<String, T> all() {
      return Map.copyOf(offers);
    }

    /** True if the name is known. */
    public boolean has(String name) {
      return offers.containsKey(name);
    }

    /**
     * The offer of that name.
     *
     * @throws PmfException naming what there is, and the artifact that would bring it where known
     */
    public T get(String name) {
      T offer = offers.get(name);
      if (offer == null) {
        String known = offers.isEmpty() ? "there is none" : "known: " + offers.keySet();
        throw PmfException.usage(
            "unknown " + kind + " '" + name + "' (" + known + ")" + hint(name));
      }
      return offer;
    }

    /**
     * What ends a message about an unknown name: the artifact that brings it; for any other name,
     * those of what is not there.
     */
    public String hint(String name) {
      if (artifacts.containsKey(name)) {
        return "; add " + artifacts.get(name) + " to the class path";
      }
      Map<String, List<String>> missing = new TreeMap<>();
      artifacts.keySet().stream()
          .filter(known -> !has(known))
          .sorted()
          .forEach(
              known ->
                  missing.computeIfAbsent(artifacts.get(known), a -> new ArrayList<>()).add(known));
      return missing.entrySet().stream()
          .map(
              e ->
                  String.format(
                      Locale.ROOT,
                      "; %s %s with %s",
                      String.join(", ", e.getValue()),
                      e.getValue().size() == 1 ? "comes" : "come",
                      e.getKey()))
          .collect(Collectors.joining());
    }
  }
}
