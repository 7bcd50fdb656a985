class Sessions {
    fun servlet(response: HttpServletResponse, id: String) {
        // ruleid: insecure_cookie.kotlin.session
        val cookie = Cookie("SESSION_ID", id)
        response.addCookie(cookie)
    }

    fun protectedOne(response: HttpServletResponse, id: String) {
        // ok: insecure_cookie.kotlin.session
        val cookie = Cookie("SESSION_ID", id)
        cookie.secure = true
        cookie.isHttpOnly = true
        response.addCookie(cookie)
    }

    fun off(response: HttpServletResponse, cookie: Cookie, call: ApplicationCall) {
        // ruleid: insecure_cookie.kotlin.off
        cookie.isHttpOnly = false
        // ok: insecure_cookie.kotlin.off
        cookie.isHttpOnly = true
        // ruleid: insecure_cookie.kotlin.off
        ResponseCookie.from("auth", "x").httpOnly(true).secure(false).build()
        // ok: insecure_cookie.kotlin.off
        ResponseCookie.from("auth", "x").httpOnly(true).secure(true).build()
        // ruleid: insecure_cookie.kotlin.session
        call.response.cookies.append("session", "x")
        // ok: insecure_cookie.kotlin.session
        call.response.cookies.append("theme", "dark")
    }

    fun Application.module() {
        install(Sessions) {
            cookie<UserSession>("SESSION") {
                // ruleid: insecure_cookie.kotlin.off
                cookie.secure = false
                // ok: insecure_cookie.kotlin.off
                cookie.httpOnly = true
            }
        }
    }
}

fun applied(sid: String) {
    // ruleid: insecure_cookie.kotlin.off
    val open = Cookie("SESSION", sid).apply { secure = false }
    // ok: insecure_cookie.kotlin.off
    val closed = Cookie("SESSION", sid).apply { secure = true; isHttpOnly = true }
    // ok: insecure_cookie.kotlin.off
    val theme = Cookie("theme", "dark").apply { isHttpOnly = false }
}
