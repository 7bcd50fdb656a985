package shop.staff

import java.util.Hashtable
import javax.naming.Context
import javax.naming.directory.InitialDirContext

fun bind(env: Hashtable<String, String>) {
    // ruleid: authentication_off.kotlin.ldap
    env.put(Context.SECURITY_AUTHENTICATION, "none")
    // ruleid: authentication_off.kotlin.ldap
    env[Context.SECURITY_AUTHENTICATION] = "none"
    // ok: authentication_off.kotlin.ldap
    env.put(Context.SECURITY_AUTHENTICATION, "simple")
    // ok: authentication_off.kotlin.ldap
    env[Context.REFERRAL] = "none"
    InitialDirContext(env)
}
