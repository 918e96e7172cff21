package org.pmf4j.serve.jetty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.pmf4j.api.error.PmfException;

/**
 * A certificate and its key. Immutable, so that any number of threads may share it.
 *
 * @param keystore a file of the formats PKCS#12 or JKS
 * @param password of the file and of the key
 */
public record Tls(Path keystore, String password) {
  /**
   * How connections are made safe.
   *
   * @throws PmfException naming the file, if it cannot be read
   */
  SslContextFactory.Server factory() {
    if (!Files.isReadable(keystore)) {
      throw PmfException.input(keystore + ": there is no such key store, or no right to read it");
    }
    SslContextFactory.Server factory = new SslContextFactory.Server();
    try {
      KeyStore keys = KeyStore.getInstance(keystore.toFile(), password.toCharArray());
      if (!keys.aliases().hasMoreElements()) {
        throw PmfException.input(keystore + ": has no key");
      }
      factory.setKeyStore(keys);
    } catch (GeneralSecurityException | IOException e) {
      throw PmfException.input(keystore + ": is no key store, or its password is another", e);
    }
    factory.setKeyStorePassword(password);
    return factory;
  }

  /** TLS where it is asked for. */
  static Optional<SslContextFactory.Server> of(Optional<Tls> tls) {
    return tls.map(Tls::factory);
  }
}
