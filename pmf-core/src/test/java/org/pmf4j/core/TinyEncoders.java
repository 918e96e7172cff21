package org.pmf4j.core;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/** Tiny random encoders, a table for them, and a real, checked backend to run them on. */
public final class TinyEncoders implements AutoCloseable {
  /** The default backend, as the testkit offers it: with every use of it checked. */
  public static final String BACKEND = "checking-" + Pmf.DEFAULT_BACKEND;

  private final PluginRegistry plugins =
      PluginRegistry.discover(TinyEncoders.class.getClassLoader());
  private final Backend backend = plugins.backends().get(BACKEND).open(BackendOptions.DEFAULT);
  private final Named<LoadedEncoder> encoders;

  /** Loads both encoders. */
  public TinyEncoders() {
    encoders = load();
  }

  /** Loads both encoders again; the caller closes these. */
  public Named<LoadedEncoder> load() {
    EncoderLoader loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());
    return EncoderSet.load(loader, directories(), MatrixPrecision.FLOAT32);
  }

  /** The encoders' directories by modality. */
  public static Map<String, Path> directories() {
    Map<String, Path> directories = new LinkedHashMap<>();
    directories.put("image", folder("encoders/image-16"));
    directories.put("text", folder("encoders/text-16"));
    return directories;
  }

  /** A table of 16 labelled rows. */
  public static Path table() {
    return folder("curve").resolve("train.csv");
  }

  private static Path folder(String name) {
    try {
      return Path.of(TinyEncoders.class.getResource("/parity/pmf/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public Backend backend() {
    return backend;
  }

  public PluginRegistry plugins() {
    return plugins;
  }

  public Named<LoadedEncoder> encoders() {
    return encoders;
  }

  /** As many fusion layers for every encoder. */
  public Named<Integer> layers(int fused) {
    return encoders.map(e -> fused);
  }

  /** The table's rows. */
  public List<Example> examples() {
    Map<String, Modality> columns = new LinkedHashMap<>();
    encoders.asMap().forEach((name, e) -> columns.put(name, e.modality()));
    return Table.read(table(), columns, Table.Labelled.REQUIRED).examples();
  }

  @Override
  public void close() {
    encoders.asMap().values().forEach(LoadedEncoder::close);
    backend.close();
  }
}
