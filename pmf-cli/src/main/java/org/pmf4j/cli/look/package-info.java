/** {@code pmf look}: shows what tables hold, before anything is trained on them. */
package org.pmf4j.cli.look;
