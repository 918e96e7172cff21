package org.pmf4j.core.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.table.TableFormat;

/**
 * A plugin from a folder, asked once for all that it brings: what throws does so while it is
 * loaded.
 *
 * @param origin its jar, or the folder of its jars
 */
record LoadedPlugin(
    Path origin,
    String name,
    String version,
    int apiVersion,
    List<BackendFactory> backends,
    List<Modality> modalities,
    List<EncoderFamily> encoderFamilies,
    List<FusionMethod> fusionMethods,
    List<TableFormat> tableFormats)
    implements PmfPlugin {

  /** Asks a plugin. */
  static LoadedPlugin of(Path origin, PmfPlugin plugin) throws PluginProblem {
    int version = plugin.apiVersion();
    if (version > API_VERSION) {
      throw new PluginProblem(
          String.format(
              Locale.ROOT,
              "it was built for version %d of the plugin interfaces, and this is version %d; take a"
                  + " newer pmf or an older jar",
              version,
              API_VERSION));
    }
    LoadedPlugin asked =
        new LoadedPlugin(
            origin,
            text("name()", plugin.name()),
            text("version()", plugin.version()),
            version,
            List.copyOf(plugin.backends()),
            List.copyOf(plugin.modalities()),
            List.copyOf(plugin.encoderFamilies()),
            List.copyOf(plugin.fusionMethods()),
            List.copyOf(plugin.tableFormats()));
    asked.tryListing();
    return asked;
  }

  /** Calls what listings and catalogs call later. */
  private void tryListing() throws PluginProblem {
    for (BackendFactory b : backends) {
      text("a backend's name()", b.name());
      text("a backend's description()", b.description());
    }
    for (Modality m : modalities) {
      text("a modality's name()", m.name());
      text("a modality's description()", m.description());
    }
    for (EncoderFamily f : encoderFamilies) {
      text("an encoder family's modelType()", f.modelType());
      text("an encoder family's modality()", f.modality());
    }
    for (FusionMethod f : fusionMethods) {
      text("a fusion method's name()", f.name());
      text("a fusion method's description()", f.description());
      Objects.requireNonNull(f.settings(), "a fusion method's settings()");
    }
    for (TableFormat t : tableFormats) {
      text("a table format's name()", t.name());
      text("a table format's description()", t.description());
      Objects.requireNonNull(t.endings(), "a table format's endings()");
      Objects.requireNonNull(t.schemes(), "a table format's schemes()");
    }
  }

  private static String text(String what, String found) throws PluginProblem {
    if (found == null || found.isBlank()) {
      throw new PluginProblem(what + " gives nothing; its author must mend that");
    }
    return found;
  }
}
