package org.pmf4j.core.plugin;

import org.pmf4j.api.plugin.PmfPlugin;

/**
 * The parent of every plugin's class loader: it shows the packages of {@code pmf-api} and the
 * platform, and nothing else of the host. A plugin's libraries can thus be of any version.
 */
final class ApiOnlyLoader extends ClassLoader {
  private static final String API = "org.pmf4j.api.";

  static {
    registerAsParallelCapable();
  }

  ApiOnlyLoader() {
    super("pmf-api", getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(API)) {
      return PmfPlugin.class.getClassLoader().loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
